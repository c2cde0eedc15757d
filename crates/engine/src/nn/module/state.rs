//! `state_dict` and `load_state_dict`.

use super::{Module, join};
use crate::error::{Error, Result};
use crate::tensor::Tensor;

/// Which names a dictionary lacked, and which it had too many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mismatch {
    /// Names that the module has and the dictionary has not.
    pub missing: Vec<String>,
    /// Names that the dictionary has and the module has not.
    pub unexpected: Vec<String>,
}

impl Module {
    /// All parameters and buffers by path, module by module. The tensors share their elements with the module's.
    pub fn state_dict(&self) -> Vec<(String, Tensor)> {
        self.entries().into_iter().map(|(name, tensor)| (name, tensor.detach())).collect()
    }

    /// As PyTorch goes about it: a module that is held twice has its names twice.
    fn entries(&self) -> Vec<(String, Tensor)> {
        let mut found = Vec::new();
        self.add_entries("", &mut found);
        found
    }

    fn add_entries(&self, path: &str, found: &mut Vec<(String, Tensor)>) {
        for list in [&self.0.parameters, &self.0.buffers] {
            let list = list.borrow();
            found.extend(list.iter().filter_map(|(name, t)| Some((join(path, name), t.clone()?))));
        }
        for (name, child) in self.children() {
            child.add_entries(&join(path, &name), found);
        }
    }

    /// Copies tensors into the parameters and buffers of the same names. What fits is copied even if something else does not.
    ///
    /// # Errors
    /// [`Error::Shape`] for tensors of other shapes; with `strict` for missing and unexpected names, too.
    pub fn load_state_dict(&self, dict: &[(String, Tensor)], strict: bool) -> Result<Mismatch> {
        let entries = self.entries();
        let mut mismatch = Mismatch::default();
        let mut wrong = Vec::new();
        for (name, target) in &entries {
            match dict.iter().find(|(n, _)| n == name) {
                Some((_, value)) if value.shape() == target.shape() => {
                    target.engine().no_grad(|| target.copy_(value))?;
                }
                Some((_, value)) => wrong.push(format!(
                    "size mismatch for {name}: copying a param with shape torch.Size({:?}) from checkpoint, the shape \
                     in current model is torch.Size({:?}).",
                    value.shape(),
                    target.shape()
                )),
                // Dictionaries of old have no counts.
                None if name.ends_with("num_batches_tracked") => {}
                None => mismatch.missing.push(name.clone()),
            }
        }
        let unexpected = dict.iter().filter(|(name, _)| !entries.iter().any(|(n, _)| n == name));
        mismatch.unexpected = unexpected.map(|(name, _)| name.clone()).collect();
        if strict {
            // In the end missing names stand before unexpected ones.
            for (what, names) in [("Unexpected", &mismatch.unexpected), ("Missing", &mismatch.missing)] {
                if !names.is_empty() {
                    let names = names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
                    wrong.insert(0, format!("{what} key(s) in state_dict: {names}. "));
                }
            }
        }
        if wrong.is_empty() {
            return Ok(mismatch);
        }
        let text = wrong.join("\n\t");
        Err(Error::Shape(format!("Error(s) in loading state_dict for {}:\n\t{text}", self.class())))
    }
}
