//! Every shader, in every variant that the WebGPU backend can ask for, is valid WGSL. Needs no graphics card.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;

use backend_wgpu::generate::Generated;
use backend_wgpu::samples;
use backend_wgpu::shaders::{Family, variants};
use naga::valid::{Capabilities, ModuleInfo, ValidationFlags, Validator};
use naga::{Module, ShaderStage};

/// The module of a family, or what is wrong with it, with lines and columns.
fn compile(family: Family) -> Result<(Module, ModuleInfo), String> {
    let source = family.source();
    let module = naga::front::wgsl::parse_str(&source)
        .map_err(|e| format!("{}: {}", family.file(), e.emit_to_string(&source)))?;
    let info = validate(&module).map_err(|e| format!("{}: {}", family.file(), e.emit_to_string(&source)))?;
    Ok((module, info))
}

fn validate(module: &Module) -> Result<ModuleInfo, Box<naga::WithSpan<naga::valid::ValidationError>>> {
    // No capabilities: what every browser has.
    Validator::new(ValidationFlags::all(), Capabilities::empty()).validate(module).map_err(Box::new)
}

#[test]
fn every_file_is_valid() {
    let failures: Vec<String> = Family::ALL.iter().filter_map(|&family| compile(family).err()).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_file_is_valid_as_it_was_written() {
    let read = |name: &str| {
        let path = format!("{}/../shaders/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    for family in Family::ALL {
        let source = ["common.wgsl", "math.wgsl", family.file()].map(read).join("\n");
        let module = naga::front::wgsl::parse_str(&source);
        let module = module.unwrap_or_else(|e| panic!("{}: {}", family.file(), e.emit_to_string(&source)));
        let valid = validate(&module);
        assert!(valid.is_ok(), "{}: {:?}", family.file(), valid.err());
    }
}

#[test]
fn every_file_in_the_folder_is_used() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shaders");
    let found: BTreeSet<String> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .collect();
    let shared = ["common.wgsl", "math.wgsl"];
    let used = Family::ALL.iter().map(|family| family.file()).chain(shared);
    assert_eq!(found, used.map(str::to_owned).collect());
}

#[test]
fn every_variant_is_valid() {
    for family in Family::ALL {
        let (module, info) = compile(family).unwrap_or_else(|error| panic!("{error}"));
        let constants: BTreeSet<_> = module.overrides.iter().filter_map(|(_, o)| o.name.clone()).collect();
        for variant in variants().into_iter().filter(|variant| variant.family == family) {
            for (name, _) in variant.constants() {
                assert!(constants.contains(name), "{variant:?}: there is no override {name}");
            }
            let values = variant.constants().into_iter().map(|(name, value)| (name.to_owned(), value));
            let entry = Some((ShaderStage::Compute, variant.entry));
            let processed =
                naga::back::pipeline_constants::process_overrides(&module, &info, entry, &values.collect());
            let (fixed, _) = processed.unwrap_or_else(|error| panic!("{variant:?}: {error}"));
            let valid = validate(&fixed);
            assert!(valid.is_ok(), "{variant:?}: {:?}", valid.err());
        }
    }
}

#[test]
fn every_generated_kernel_is_valid() {
    let programs = samples::programs();
    assert!(programs.len() > 250, "only {} samples", programs.len());
    let source = |kernel: &Generated| kernel.source().unwrap_or_else(|error| panic!("{kernel:?}: {error}"));
    let tiles = samples::tiles().into_iter().map(|tile| tile.source());
    let products = samples::products();
    assert!(products.len() > 80, "only {} samples", products.len());
    let products = products.iter().map(|kernel| kernel.source().unwrap_or_default());
    let mut failures = Vec::new();
    for source in programs.iter().map(source).chain(tiles).chain(products) {
        match naga::front::wgsl::parse_str(&source) {
            Err(error) => failures.push(error.emit_to_string(&source)),
            Ok(module) => failures.extend(validate(&module).err().map(|error| error.emit_to_string(&source))),
        }
    }
    assert!(failures.is_empty(), "{} failures, such as\n{}", failures.len(), failures[0]);
}

#[test]
fn every_entry_point_is_asked_for() {
    let all = variants();
    for family in Family::ALL {
        let (module, _) = compile(family).unwrap_or_else(|error| panic!("{error}"));
        let written: BTreeSet<_> = module.entry_points.iter().map(|entry| entry.name.as_str()).collect();
        let asked: BTreeSet<_> = all.iter().filter(|v| v.family == family).map(|v| v.entry).collect();
        assert_eq!(written, asked, "{}", family.file());
    }
}

#[test]
fn a_broken_shader_would_be_found() {
    let source = format!("{}\nfn broken() -> u32 {{ return 1.5f; }}", Family::Copy.source());
    let module = naga::front::wgsl::parse_str(&source);
    assert!(module.map_or(true, |module| validate(&module).is_err()), "a float was taken for an integer");
}
