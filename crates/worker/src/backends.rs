//! Which backend computes: WebGPU where it works, else the CPU, with the reason.

use std::rc::Rc;

use backend_cpu::CpuBackend;
use backend_wgpu::WgpuBackend;
use engine::{Backend, Engine};
use protocol::{BackendChoice, BackendKind, BackendReport};

/// How the CPU backend is built, for the page.
const CPU_NAME: &str = "WebAssembly, 128-bit SIMD";

/// An engine on a backend, and what the page is told about it.
pub(crate) struct Opened {
    pub(crate) engine: Engine,
    pub(crate) report: BackendReport,
    gpu: Option<Rc<WgpuBackend>>,
}

impl Opened {
    /// An engine of its own on the GPU, if there is one.
    pub(crate) fn gpu(&self) -> Option<Engine> {
        self.gpu.as_ref().map(|gpu| Engine::new(Rc::clone(gpu) as Rc<dyn Backend>))
    }

    /// Waits until the GPU is lost, and says why. What waits does not keep the device.
    pub(crate) fn when_lost(&self) -> Option<impl Future<Output = String> + use<>> {
        self.gpu.as_ref().map(|gpu| gpu.when_lost())
    }
}

/// Opens what was chosen.
pub(crate) async fn open(choice: BackendChoice) -> Opened {
    match choice {
        BackendChoice::Cpu => cpu(choice, None),
        BackendChoice::Auto | BackendChoice::WebGpu => match backend_wgpu::open().await {
            Ok(backend) => {
                let name = backend.adapter_name().to_owned();
                let report = BackendReport { choice, active: BackendKind::WebGpu, name, reason: None };
                let gpu = Rc::new(backend);
                Opened { engine: fused(Rc::clone(&gpu) as Rc<dyn Backend>), report, gpu: Some(gpu) }
            }
            Err(why) => cpu(choice, Some(why.to_string())),
        },
    }
}

/// The CPU, and why it is not WebGPU, if that was wanted.
pub(crate) fn cpu(choice: BackendChoice, reason: Option<String>) -> Opened {
    let report = BackendReport { choice, active: BackendKind::Cpu, name: CPU_NAME.to_owned(), reason };
    Opened { engine: fused(Rc::new(CpuBackend::new())), report, gpu: None }
}

/// An engine at full speed.
fn fused(backend: Rc<dyn Backend>) -> Engine {
    let engine = Engine::new(backend);
    engine.set_fused(true);
    engine
}
