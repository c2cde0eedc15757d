//! What is compiled once and bound often: shader modules, pipelines and bind groups.

use std::collections::HashMap;
use std::num::NonZeroU64;

use std::rc::Rc;

use engine::Result;

use crate::generate::Generated;
use crate::params::SLOT;
use crate::shaders::{Family, Variant};
use crate::tile::Tile;

/// The most bind groups that are kept: a training step uses some tens.
const MAX_GROUPS: usize = 4096;

/// The most generated pipelines that are kept.
const MAX_GENERATED: usize = 1024;

/// The binding of the first output, and that of the parameters. Inputs begin at 0.
const OUTPUTS: u32 = 8;
const PARAMS: u32 = 16;

/// Where the text of a kernel comes from.
#[derive(Clone, Debug)]
pub(crate) enum Recipe {
    /// A file.
    Fixed(Variant),
    /// A program.
    Generated(Rc<Generated>),
    /// The size of a tile.
    Tile(Tile),
}

impl Recipe {
    /// The entry point.
    #[cfg(test)]
    pub(crate) fn entry(&self) -> &'static str {
        match self {
            Self::Fixed(variant) => variant.entry,
            Self::Generated(kernel) => kernel.entry(),
            Self::Tile(_) => Tile::ENTRY,
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
    fixed: HashMap<Variant, wgpu::ComputePipeline>,
    generated: HashMap<Rc<Generated>, wgpu::ComputePipeline>,
    tiles: HashMap<Tile, wgpu::ComputePipeline>,
    groups: HashMap<Bound, wgpu::BindGroup>,
}

impl Pipelines {
    pub(crate) fn new(device: &wgpu::Device) -> Self {
        Self {
            device: device.clone(),
            layouts: HashMap::new(),
            modules: HashMap::new(),
            fixed: HashMap::new(),
            generated: HashMap::new(),
            tiles: HashMap::new(),
            groups: HashMap::new(),
        }
    }

    /// The pipeline of a kernel.
    ///
    /// # Errors
    /// If the device lacks a function.
    pub(crate) fn pipeline(&mut self, recipe: &Recipe) -> Result<wgpu::ComputePipeline> {
        match recipe {
            Recipe::Fixed(variant) => Ok(self.fixed(*variant)),
            Recipe::Tile(tile) => Ok(self.tile(*tile)),
            Recipe::Generated(kernel) => {
                if let Some(pipeline) = self.generated.get(kernel) {
                    return Ok(pipeline.clone());
                }
                let source = kernel.source()?;
                let module = module(&self.device, "generated", source);
                let constants = kernel.constants()?;
                let built = self.build(&module, kernel.entry(), &constants, kernel.buffers());
                if self.generated.len() >= MAX_GENERATED {
                    self.generated.clear();
                }
                self.generated.insert(Rc::clone(kernel), built.clone());
                Ok(built)
            }
        }
    }

    fn fixed(&mut self, variant: Variant) -> wgpu::ComputePipeline {
        if let Some(pipeline) = self.fixed.get(&variant) {
            return pipeline.clone();
        }
        let family = variant.family;
        let source = self.modules.entry(family);
        let module = source.or_insert_with(|| module(&self.device, family.file(), family.source())).clone();
        let built = self.build(&module, variant.entry, &variant.constants(), (variant.inputs(), 1));
        self.fixed.insert(variant, built.clone());
        built
    }

    fn tile(&mut self, tile: Tile) -> wgpu::ComputePipeline {
        if let Some(pipeline) = self.tiles.get(&tile) {
            return pipeline.clone();
        }
        let module = module(&self.device, "tile", tile.source());
        let built = self.build(&module, Tile::ENTRY, &[], (2, 1));
        self.tiles.insert(tile, built.clone());
        built
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
