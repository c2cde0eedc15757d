//! What is compiled once and bound often: shader modules, pipelines and bind groups.

use std::collections::HashMap;
use std::num::NonZeroU64;

use std::rc::Rc;

use engine::Result;

use crate::finish::Finished;
use crate::generate::Generated;
use crate::params::SLOT;
use crate::recent::Recent;
use crate::shaders::{Family, Variant};
use crate::tile::Tile;

/// The most bind groups that are kept: a training step uses some tens.
const MAX_GROUPS: usize = 4096;

/// Generated pipelines in each of two generations: those that were used lately, and those before.
const MAX_GENERATED: usize = 1024;

/// The binding of the first output, and that of the parameters. Inputs begin at 0.
const OUTPUTS: u32 = 8;
const PARAMS: u32 = 16;

/// Where the text of a kernel comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Recipe {
    /// A file.
    Fixed(Variant),
    /// A program.
    Generated(Rc<Generated>),
    /// The size of a tile.
    Tile(Tile),
    /// A product with a program behind it.
    Finished(Rc<Finished>),
}

impl Recipe {
    /// The entry point.
    pub(crate) fn entry(&self) -> &'static str {
        match self {
            Self::Fixed(variant) => variant.entry,
            Self::Generated(kernel) => kernel.entry(),
            Self::Tile(_) => Tile::ENTRY,
            Self::Finished(kernel) => kernel.entry(),
        }
    }

    /// The whole text.
    ///
    /// # Errors
    /// For functions and dtypes that the device has not.
    pub(crate) fn source(&self) -> Result<String> {
        match self {
            Self::Fixed(variant) => Ok(variant.family.source()),
            Self::Generated(kernel) => kernel.source(),
            Self::Tile(tile) => Ok(tile.source()),
            Self::Finished(kernel) => kernel.source(),
        }
    }

    /// The override constants.
    fn constants(&self) -> Result<Vec<(&'static str, f64)>> {
        match self {
            Self::Fixed(variant) => Ok(variant.constants().to_vec()),
            Self::Generated(kernel) => kernel.constants(),
            Self::Tile(_) => Ok(Vec::new()),
            Self::Finished(kernel) => Ok(kernel.constants()),
        }
    }

    /// How many buffers it reads and writes.
    fn buffers(&self) -> (usize, usize) {
        match self {
            Self::Fixed(variant) => (variant.inputs(), variant.outputs()),
            Self::Generated(kernel) => kernel.buffers(),
            Self::Tile(_) => (2, 1),
            Self::Finished(kernel) => kernel.buffers(),
        }
    }
}

/// Names what is bound: the number of inputs, then the ids of the rooms of all inputs and outputs.
pub(crate) type Bound = Vec<u32>;

pub(crate) struct Pipelines {
    device: wgpu::Device,
    /// For so many inputs and outputs.
    layouts: HashMap<(usize, usize), (wgpu::BindGroupLayout, wgpu::PipelineLayout)>,
    modules: HashMap<Family, wgpu::ShaderModule>,
    fixed: HashMap<Recipe, wgpu::ComputePipeline>,
    /// Those whose text was written for them.
    generated: Recent<Recipe, wgpu::ComputePipeline>,
    groups: HashMap<Bound, wgpu::BindGroup>,
}

impl Pipelines {
    pub(crate) fn new(device: &wgpu::Device) -> Self {
        Self {
            device: device.clone(),
            layouts: HashMap::new(),
            modules: HashMap::new(),
            fixed: HashMap::new(),
            generated: Recent::new(MAX_GENERATED),
            groups: HashMap::new(),
        }
    }

    /// The pipeline of a kernel.
    ///
    /// # Errors
    /// If the device lacks a function.
    pub(crate) fn pipeline(&mut self, recipe: &Recipe) -> Result<wgpu::ComputePipeline> {
        let fixed = match recipe {
            Recipe::Fixed(variant) => Some(variant.family),
            Recipe::Generated(_) | Recipe::Tile(_) | Recipe::Finished(_) => None,
        };
        let known =
            if fixed.is_some() { self.fixed.get(recipe).cloned() } else { self.generated.get(recipe) };
        if let Some(pipeline) = known {
            return Ok(pipeline);
        }
        let module = match fixed {
            Some(family) => {
                let source = self.modules.entry(family);
                source.or_insert_with(|| module(&self.device, family.file(), family.source())).clone()
            }
            None => module(&self.device, "generated", recipe.source()?),
        };
        let built = self.build(&module, recipe.entry(), &recipe.constants()?, recipe.buffers());
        if fixed.is_some() {
            self.fixed.insert(recipe.clone(), built.clone());
        } else {
            self.generated.keep(recipe.clone(), built.clone());
        }
        Ok(built)
    }

    fn build(
        &mut self,
        module: &wgpu::ShaderModule,
        entry: &'static str,
        constants: &[(&str, f64)],
        buffers: (usize, usize),
    ) -> wgpu::ComputePipeline {
        let layout = self.layouts.entry(buffers).or_insert_with(|| layout(&self.device, buffers));
        self.device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
            label: Some(entry),
            layout: Some(&layout.1),
            module,
            entry_point: Some(entry),
            compilation_options: wgpu::PipelineCompilationOptions {
                constants,
                // Every kernel writes its workgroup memory before it reads it.
                zero_initialize_workgroup_memory: false,
            },
            cache: None,
        })
    }

    /// The bind group of these rooms. `buffers` are the inputs in order, then the outputs.
    pub(crate) fn group(
        &mut self,
        bound: &Bound,
        buffers: &[wgpu::Buffer],
        arena: &wgpu::Buffer,
    ) -> wgpu::BindGroup {
        if let Some(group) = self.groups.get(bound) {
            return group.clone();
        }
        let inputs = bound[0] as usize;
        let outputs = buffers.len() - inputs;
        let storage = buffers.iter().enumerate().map(|(i, buffer)| wgpu::BindGroupEntry {
            binding: if i < inputs { i as u32 } else { OUTPUTS + (i - inputs) as u32 },
            resource: buffer.as_entire_binding(),
        });
        let params = wgpu::BindingResource::Buffer(wgpu::BufferBinding {
            buffer: arena,
            offset: 0,
            size: NonZeroU64::new(SLOT),
        });
        let params = wgpu::BindGroupEntry { binding: PARAMS, resource: params };
        let entries = storage.chain([params]).collect::<Vec<_>>();
        let layout =
            self.layouts.entry((inputs, outputs)).or_insert_with(|| layout(&self.device, (inputs, outputs)));
        let built = self.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: None,
            layout: &layout.0,
            entries: &entries,
        });
        if self.groups.len() >= MAX_GROUPS {
            self.groups.clear();
        }
        self.groups.insert(bound.clone(), built.clone());
        built
    }

    /// Forgets what refers to a room that is about to be destroyed.
    pub(crate) fn forget(&mut self, room: u32) {
        self.groups.retain(|bound, _| !bound[1..].contains(&room));
    }
}

fn module(device: &wgpu::Device, label: &str, source: String) -> wgpu::ShaderModule {
    let source = wgpu::ShaderSource::Wgsl(source.into());
    device.create_shader_module(wgpu::ShaderModuleDescriptor { label: Some(label), source })
}

fn layout(
    device: &wgpu::Device,
    (inputs, outputs): (usize, usize),
) -> (wgpu::BindGroupLayout, wgpu::PipelineLayout) {
    let entry = |binding: u32, ty, has_dynamic_offset, size| wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::COMPUTE,
        ty: wgpu::BindingType::Buffer { ty, has_dynamic_offset, min_binding_size: NonZeroU64::new(size) },
        count: None,
    };
    let storage =
        |binding, read_only| entry(binding, wgpu::BufferBindingType::Storage { read_only }, false, 16);
    let mut entries: Vec<_> = (0..inputs as u32).map(|i| storage(i, true)).collect();
    entries.extend((0..outputs as u32).map(|i| storage(OUTPUTS + i, false)));
    entries.push(entry(PARAMS, wgpu::BufferBindingType::Uniform, true, SLOT));
    let group =
        device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor { label: None, entries: &entries });
    let pipeline = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label: None,
        bind_group_layouts: &[Some(&group)],
        immediate_size: 0,
    });
    (group, pipeline)
}
