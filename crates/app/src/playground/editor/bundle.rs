//! The editor's bundle, `www/editor/src/editor.js`: how it is loaded, and what it can do. There is none where the page was built without
//! Node.js, and it may not arrive.

use protocol::program::{Diagnostic, Inline, Severity};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::diagnostics::fix_label;
use super::text::range;

/// The bundle's address.
const ADDRESS: &str = "./editor.js";

#[wasm_bindgen]
extern "C" {
    /// Of `www/index.html`.
    #[wasm_bindgen(js_name = importModule)]
    fn import_module(address: &str, then: &JsValue);

    /// What the bundle exports.
    pub type Bundle;

    #[wasm_bindgen(method, catch)]
    fn create(this: &Bundle, parent: &HtmlElement, text: &str, tell: &Tell) -> Result<CodeMirror, JsValue>;

    /// An editor. Its places are in UTF-16 units.
    #[derive(Clone)]
    pub type CodeMirror;

    /// Takes over what differs, as a change that can be undone.
    #[wasm_bindgen(method, js_name = setText)]
    pub fn set_text(this: &CodeMirror, text: &str);

    #[wasm_bindgen(method, js_name = setDiagnostics)]
    fn set_diagnostics_of(this: &CodeMirror, all: &js_sys::Array);

    #[wasm_bindgen(method, js_name = setInline)]
    fn set_inline_of(this: &CodeMirror, all: &js_sys::Array);

    /// Puts breakpoints on these lines.
    #[wasm_bindgen(method, js_name = setBreakpoints)]
    pub fn set_breakpoints(this: &CodeMirror, lines: &[u32]);

    /// Marks the line that is about to run, or none (0), and scrolls there if it is to be seen.
    #[wasm_bindgen(method, js_name = setCurrentLine)]
    pub fn set_current_line(this: &CodeMirror, line: u32, reveal: bool);

    /// Marks what is pointed at.
    #[wasm_bindgen(method)]
    pub fn highlight(this: &CodeMirror, from: u32, to: u32);

    /// Marks a line as pointed at, or none (0).
    #[wasm_bindgen(method, js_name = highlightLine)]
    pub fn highlight_line(this: &CodeMirror, line: u32);

    /// Selects, shows and takes the focus.
    #[wasm_bindgen(method)]
    pub fn select(this: &CodeMirror, from: u32, to: u32);

    /// Takes the focus.
    #[wasm_bindgen(method)]
    pub fn focus(this: &CodeMirror);

    /// Removes it from the page.
    #[wasm_bindgen(method)]
    pub fn destroy(this: &CodeMirror);
}

/// What an editor calls: with the name of what has happened, and its value.
pub type Tell = Closure<dyn Fn(String, JsValue)>;

/// Loads the bundle; `then` is never called if there is none.
pub fn load(then: impl FnOnce(Bundle) + 'static) {
    let then = Closure::once_into_js(move |module: JsValue| {
        if js_sys::Reflect::has(&module, &"create".into()).unwrap_or(false) {
            then(module.unchecked_into());
        }
    });
    import_module(ADDRESS, &then);
}

impl Bundle {
    /// Puts an editor with this text into an element.
    pub fn open(&self, parent: &HtmlElement, text: &str, tell: &Tell) -> Option<CodeMirror> {
        self.create(parent, text, tell).ok()
    }
}

/// A list for a script.
fn list(items: impl IntoIterator<Item = JsValue>) -> JsValue {
    items.into_iter().collect::<js_sys::Array>().into()
}

impl CodeMirror {
    /// Marks what is wrong with the text.
    pub fn set_diagnostics(&self, text: &str, all: &[Diagnostic]) {
        let all = all.iter().map(|one| {
            let severity = if one.severity == Severity::Error { "error" } else { "warning" };
            let (from, to) = range(text, one.place);
            let fix = one.fix.as_ref().map_or(JsValue::NULL, |(place, new)| {
                let (from, to) = range(text, *place);
                list([fix_label(new).into(), from.into(), to.into(), new.into()])
            });
            let hint = one.hint.as_deref().map_or(JsValue::NULL, JsValue::from_str);
            list([severity.into(), from.into(), to.into(), (&one.message).into(), hint, fix])
        });
        self.set_diagnostics_of(&all.collect());
    }

    /// Shows short values behind lines.
    pub fn set_inline(&self, all: &[Inline]) {
        let all = all.iter().map(|one| list([one.line.into(), (&one.text).into()]));
        self.set_inline_of(&all.collect());
    }
}
