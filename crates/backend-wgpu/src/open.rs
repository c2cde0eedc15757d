//! Finding a device, and proving that it computes.

use crate::{WgpuBackend, selftest};

/// Why there is no WebGPU backend. The text is what the page shows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The browser does not know WebGPU, or hides it from this page.
    #[error("this browser has no WebGPU")]
    NoWebGpu,
    /// The browser knows WebGPU, but has no device for it.
    #[error("no adapter was found: {0}")]
    NoAdapter(String),
    /// There is a device, but it could not be opened.
    #[error("the device could not be opened: {0}")]
    NoDevice(String),
    /// The device computes something else than it was told to, or fails at it.
    #[error("a test kernel gave a wrong answer: {0}")]
    WrongAnswer(String),
}

/// Opens the browser's best device. Opening again after a loss gives a new one, if there is one.
///
/// # Errors
/// [`OpenError`], in words for the user.
pub async fn open() -> Result<WgpuBackend, OpenError> {
    if wgpu::Instance::enabled_backend_features().is_empty() {
        return Err(OpenError::NoAdapter("this program was built without graphics drivers".to_owned()));
    }
    if !browser_has_webgpu() {
        return Err(OpenError::NoWebGpu);
    }
    let instance = wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle());
    let options = wgpu::RequestAdapterOptions {
        power_preference: wgpu::PowerPreference::HighPerformance,
        ..wgpu::RequestAdapterOptions::default()
    };
    let adapter = instance.request_adapter(&options).await.map_err(|_| {
        OpenError::NoAdapter("the graphics card is blocked or unknown to the browser".to_owned())
    })?;
    let available = adapter.limits();
    let required_limits = wgpu::Limits {
        max_buffer_size: available.max_buffer_size,
        max_storage_buffer_binding_size: available.max_storage_buffer_binding_size,
        ..wgpu::Limits::default()
    };
    // Without timestamps everything works, but kernels have no times.
    let required_features = adapter.features() & wgpu::Features::TIMESTAMP_QUERY;
    let descriptor =
        wgpu::DeviceDescriptor { required_limits, required_features, ..wgpu::DeviceDescriptor::default() };
    let (device, queue) =
        adapter.request_device(&descriptor).await.map_err(|error| OpenError::NoDevice(error.to_string()))?;
    let name = adapter_name(&adapter.get_info(), &device);
    let backend = WgpuBackend::new(device, &queue, name);
    match selftest::run(&backend).await {
        Ok(None) => Ok(backend),
        Ok(Some(wrong)) => Err(OpenError::WrongAnswer(wrong)),
        Err(error) => Err(OpenError::WrongAnswer(error.to_string())),
    }
}

/// Whether there is a `navigator.gpu`. Outside a browser the question does not arise.
#[cfg(target_arch = "wasm32")]
fn browser_has_webgpu() -> bool {
    let property = |object: &wasm_bindgen::JsValue, name: &str| {
        js_sys::Reflect::get(object, &name.into()).ok().filter(wasm_bindgen::JsValue::is_object)
    };
    property(&js_sys::global(), "navigator").is_some_and(|navigator| property(&navigator, "gpu").is_some())
}

#[cfg(not(target_arch = "wasm32"))]
fn browser_has_webgpu() -> bool {
    true
}

/// The description if there is one; most browsers tell only vendor and architecture.
fn adapter_name(info: &wgpu::AdapterInfo, device: &wgpu::Device) -> String {
    let description = info.name.trim();
    let name = if description.is_empty() { maker(device) } else { description.to_owned() };
    if name.is_empty() { "unnamed graphics card".to_owned() } else { name }
}

#[cfg(target_arch = "wasm32")]
fn maker(device: &wgpu::Device) -> String {
    let Some(device) = device.as_webgpu() else { return String::new() };
    let info = device.adapter_info();
    [info.vendor(), info.architecture()].join(" ").trim().to_owned()
}

#[cfg(not(target_arch = "wasm32"))]
fn maker(_: &wgpu::Device) -> String {
    String::new()
}
