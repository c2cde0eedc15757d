//! `torch.save` and `torch.load`.

use crate::native::Native;

pub(super) const FUNCTIONS: &[Native] = &[];
