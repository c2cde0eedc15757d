//! Functions of ours whose bodies follow the page: they are compiled when they are first called.

use std::cell::OnceCell;
use std::rc::Rc;

use crate::ast::Name;
use crate::code::Code;
use crate::compile::compile;
use crate::error::{Result, Stop};
use crate::modules::present;
use crate::parser::parse;
use crate::span::Span;

/// Where the code of a function comes from that is not there yet.
pub(crate) struct Late {
    /// The part of the module in Python.
    source: &'static str,
    /// The function in it, from `def` to the end of the body.
    place: Span,
    /// Where the body begins.
    body: u32,
    /// The class in which the function stands.
    class: Option<Name>,
    code: OnceCell<Rc<Code>>,
}

impl Late {
    pub(crate) fn new(source: &'static str, place: Span, body: u32, class: Option<Name>) -> Self {
        Self { source, place, body, class, code: OnceCell::new() }
    }

    /// The code of the function of this name, which all machines share.
    ///
    /// # Errors
    /// A fault of ours: the body has not come, or is wrong.
    pub(crate) fn code(&self, name: &str) -> Result<&Rc<Code>> {
        if let Some(code) = self.code.get() {
            return Ok(code);
        }
        let code = self.compiled().map_err(|what| {
            Stop::error("RuntimeError", format!("a part of Seegrad cannot be run: {name}() {what}"))
        })?;
        Ok(self.code.get_or_init(|| code))
    }

    /// Where the function stands, if it was called.
    #[cfg(test)]
    pub(crate) fn called(&self) -> Option<(&'static str, u32)> {
        self.code.get().map(|_| (self.source, self.place.start))
    }

    /// Compiled as it would have been with all of its module; or what is wrong.
    fn compiled(&self) -> std::result::Result<Rc<Code>, String> {
        let source = present(self.source, self.body as usize);
        let text = source.get(self.place.start as usize..self.place.end as usize).unwrap_or_default();
        if text.contains('\0') {
            return Err("has not been downloaded".to_owned());
        }
        let text = match &self.class {
            Some(class) => format!("class {class}:\n {text}"),
            None => text.to_owned(),
        };
        let tree = parse(&text)
            .map_err(|errors| errors.into_iter().map(|error| error.message).collect::<String>())?;
        let mut code = compile(&tree, &text, true).map_err(|error| error.message)?;
        // Before it are only functions among the defaults of its parameters.
        for _ in 0..=usize::from(self.class.is_some()) {
            code = code.inner.last().cloned().ok_or("is not there")?;
        }
        Ok(code)
    }
}
