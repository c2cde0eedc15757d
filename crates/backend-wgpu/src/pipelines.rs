//! What is compiled once and bound often: shader modules, pipelines and bind groups.

use std::collections::HashMap;
use std::num::NonZeroU64;

use crate::params::{OUT, SLOT};
use crate::shaders::{Family, Variant};

/// The most bind groups that are kept: a training step uses some tens.
const MAX_GROUPS: usize = 4096;

/// The binding of the parameters.
const PARAMS: u32 = 4;

/// Names what is bound to x, y, z and out by the ids of rooms; 0 where there is nothing.
pub(crate) type Bound = [u32; OUT + 1];

pub(crate) struct Pipelines {
    device: wgpu::Device,
    /// For one, two and three inputs.
    layouts: Vec<(wgpu::BindGroupLayout, wgpu::PipelineLayout)>,
    modules: HashMap<Family, wgpu::ShaderModule>,
    pipelines: HashMap<Variant, wgpu::ComputePipeline>,
    groups: HashMap<Bound, wgpu::BindGroup>,
}

impl Pipelines {
    pub(crate) fn new(device: &wgpu::Device) -> Self {
        Self {
            device: device.clone(),
            layouts: (1..=OUT).map(|inputs| layout(device, inputs)).collect(),
            modules: HashMap::new(),
            pipelines: HashMap::new(),
            groups: HashMap::new(),
        }
    }

    /// The pipeline of a variant.
    pub(crate) fn pipeline(&mut self, variant: Variant) -> wgpu::ComputePipeline {
        let Self { device, layouts, modules, pipelines, .. } = self;
        let build = || {
            let module = modules.entry(variant.family).or_insert_with(|| {
                device.create_shader_module(wgpu::ShaderModuleDescriptor {
                    label: Some(variant.family.file()),
                    source: wgpu::ShaderSource::Wgsl(variant.family.source().into()),
                })
            });
            device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
                label: Some(variant.entry),
                layout: Some(&layouts[variant.family.inputs() - 1].1),
                module,
                entry_point: Some(variant.entry),
                compilation_options: wgpu::PipelineCompilationOptions {
                    constants: &variant.constants(),
                    // Every kernel writes its workgroup memory before it reads it.
                    zero_initialize_workgroup_memory: false,
                },
                cache: None,
            })
        };
        pipelines.entry(variant).or_insert_with(build).clone()
    }

    /// The bind group of these rooms. `buffers` are the inputs in order, then the output.
    pub(crate) fn group(
        &mut self,
        bound: Bound,
        buffers: &[wgpu::Buffer],
        arena: &wgpu::Buffer,
    ) -> wgpu::BindGroup {
        if self.groups.len() >= MAX_GROUPS && !self.groups.contains_key(&bound) {
            self.groups.clear();
        }
        let Self { device, layouts, groups, .. } = self;
        let build = || {
            let inputs = buffers.len() - 1;
            let storage = buffers.iter().enumerate().map(|(i, buffer)| wgpu::BindGroupEntry {
                binding: if i < inputs { i } else { OUT } as u32,
                resource: buffer.as_entire_binding(),
            });
            let params = wgpu::BindingResource::Buffer(wgpu::BufferBinding {
                buffer: arena,
                offset: 0,
                size: NonZeroU64::new(SLOT),
            });
            let params = wgpu::BindGroupEntry { binding: PARAMS, resource: params };
            device.create_bind_group(&wgpu::BindGroupDescriptor {
                label: None,
                layout: &layouts[inputs - 1].0,
                entries: &storage.chain([params]).collect::<Vec<_>>(),
            })
        };
        groups.entry(bound).or_insert_with(build).clone()
    }

    /// Forgets what refers to a room that is about to be destroyed.
    pub(crate) fn forget(&mut self, room: u32) {
        self.groups.retain(|bound, _| !bound.contains(&room));
    }
}

fn layout(device: &wgpu::Device, inputs: usize) -> (wgpu::BindGroupLayout, wgpu::PipelineLayout) {
    let entry = |binding: usize, ty, has_dynamic_offset, size| wgpu::BindGroupLayoutEntry {
        binding: binding as u32,
        visibility: wgpu::ShaderStages::COMPUTE,
        ty: wgpu::BindingType::Buffer { ty, has_dynamic_offset, min_binding_size: NonZeroU64::new(size) },
        count: None,
    };
    let storage =
        |binding, read_only| entry(binding, wgpu::BufferBindingType::Storage { read_only }, false, 4);
    let mut entries: Vec<_> = (0..inputs).map(|i| storage(i, true)).collect();
    entries.push(storage(OUT, false));
    entries.push(entry(PARAMS as usize, wgpu::BufferBindingType::Uniform, true, SLOT));
    let group =
        device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor { label: None, entries: &entries });
    let pipeline = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label: None,
        bind_group_layouts: &[Some(&group)],
        immediate_size: 0,
    });
    (group, pipeline)
}
