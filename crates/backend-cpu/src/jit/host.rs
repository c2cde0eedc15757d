//! Functions that are made while the program runs. In the browser a module is compiled, joined to this program's memory
//! and put into its table of functions, where it is called like any other. Elsewhere nothing is made: there the compiler
//! knows the processor, and its loops are as good.

/// A function that was made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Made(usize);

/// What `jit::strip` makes: `m, k, a, lda, step, b, ldb, c, ldc, add`.
type StripFn = unsafe extern "C" fn(usize, usize, usize, usize, usize, usize, usize, usize, usize, usize);
/// What `jit::elementwise` makes: where the addresses of its operands stand, and how many vectors each has.
type MapFn = unsafe extern "C" fn(usize, usize);

/// Whether there are functions that can be made, at least if the page's server lets them be.
pub(crate) const MAKES: bool = cfg!(target_arch = "wasm32");

impl Made {
    /// Calls a function of `jit::strip`.
    ///
    /// # Safety
    /// It was made by [`Strip::module`](super::strip::Strip::module), and all that the arguments tell it to read and to
    /// write is inside slices that are borrowed for that.
    pub(crate) unsafe fn strip(self, [m, k, a, lda, step, b, ldb, c, ldc, add]: [usize; 10]) {
        // SAFETY: a function's address is its place in the table, and the caller knows its type.
        let f = unsafe { std::mem::transmute::<usize, StripFn>(self.0) };
        // SAFETY: as the caller promises.
        unsafe { f(m, k, a, lda, step, b, ldb, c, ldc, add) }
    }

    /// Calls a function of `jit::elementwise`.
    ///
    /// # Safety
    /// It was made by [`elementwise::module`](super::elementwise::module); there are as many addresses as its program
    /// has inputs and outputs, each of `4 * vectors` elements (of one, for a constant), borrowed for that.
    pub(crate) unsafe fn map(self, addresses: &[usize], vectors: usize) {
        // SAFETY: as above.
        let f = unsafe { std::mem::transmute::<usize, MapFn>(self.0) };
        // SAFETY: as the caller promises.
        unsafe { f(addresses.as_ptr() as usize, vectors) }
    }
}

/// Makes the function of a module; `None` if that cannot be done here. It takes the place of `old`, which is not called
/// any more.
pub(crate) fn make(module: &[u8], old: Option<Made>) -> Option<Made> {
    place(module, old.map(|Made(place)| place)).map(Made)
}

#[cfg(not(target_arch = "wasm32"))]
fn place(_: &[u8], _: Option<usize>) -> Option<usize> {
    None
}

/// Puts the function of a module into the table; gives back where.
#[cfg(target_arch = "wasm32")]
fn place(module: &[u8], old: Option<usize>) -> Option<usize> {
    use js_sys::WebAssembly::{Instance, Module, Table};
    use js_sys::{Function, Object, Reflect, Uint8Array};
    use wasm_bindgen::JsCast;

    let module = Module::new(&Uint8Array::from(module)).ok()?;
    let (imports, inner) = (Object::new(), Object::new());
    Reflect::set(&inner, &"m".into(), &wasm_bindgen::memory()).ok()?;
    Reflect::set(&imports, &"m".into(), &inner).ok()?;
    let instance = Instance::new(&module, &imports).ok()?;
    let function: Function = Reflect::get(&instance.exports(), &"f".into()).ok()?.dyn_into().ok()?;
    let table: Table = wasm_bindgen::function_table().dyn_into().ok()?;
    let place = match old {
        Some(place) => place as u32,
        None => table.grow(1).ok()?,
    };
    table.set(place, &function).ok()?;
    Some(place as usize)
}
