//! The kernels of elementwise programs, kept for as long as there is room. Making one takes as long as going over some
//! ten thousand elements, so that is only done for programs that are run for more.

use std::cell::RefCell;

use engine::DType;
use engine::program::Program;

use super::elementwise::{self, Given};
use super::host::{self, Made};

/// Kernels that are kept.
const MOST: usize = 64;
/// How many elements a program has been run for when its kernel is made.
const WORTH: usize = 1 << 16;
/// Programs over fewer elements are not even looked up.
const LEAST: usize = 256;

struct Entry {
    program: Program,
    given: Vec<Given>,
    /// For how many elements it has been run.
    seen: usize,
    /// Whether it was tried to make it.
    tried: bool,
    made: Option<Made>,
}

struct Kept {
    /// What was used last stands first.
    entries: Vec<Entry>,
    /// Kernels that are not needed any more: others take their places.
    free: Vec<Made>,
    worth: usize,
    made: usize,
}

thread_local! {
    static KEPT: RefCell<Kept> =
        const { RefCell::new(Kept { entries: Vec::new(), free: Vec::new(), worth: WORTH, made: 0 }) };
}

/// For how many elements a program must have been run, from now on and on this thread, until its kernel is made: for
/// tests, which run it for a few. What was made before is forgotten.
pub fn make_kernels_after(elements: usize) {
    KEPT.with_borrow_mut(|kept| {
        kept.worth = elements;
        let old = std::mem::take(&mut kept.entries);
        kept.free.extend(old.into_iter().filter_map(|entry| entry.made));
    });
}

/// How many kernels were made for programs so far, on this thread. Natively none are.
pub fn kernels_made() -> usize {
    KEPT.with_borrow(|kept| kept.made)
}

/// Whether there may be a kernel for a program over `len` elements.
pub(crate) fn may_find(len: usize) -> bool {
    host::MAKES && KEPT.with_borrow(|kept| len >= LEAST.min(kept.worth))
}

/// The kernel of a program that is about to be run for `len` elements, if there is one.
pub(crate) fn find(program: &Program, dtypes: &[DType], given: &[Given], len: usize) -> Option<Made> {
    KEPT.with_borrow_mut(|kept| kept.find(program, dtypes, given, len))
}

impl Kept {
    fn find(&mut self, program: &Program, dtypes: &[DType], given: &[Given], len: usize) -> Option<Made> {
        let place = self.entries.iter().position(|e| e.given == given && e.program == *program);
        let place = place.unwrap_or_else(|| {
            if self.entries.len() >= MOST {
                self.free.extend(self.entries.pop().and_then(|old| old.made));
            }
            let (program, given) = (program.clone(), given.to_vec());
            self.entries.push(Entry { program, given, seen: 0, tried: false, made: None });
            self.entries.len() - 1
        });
        self.entries[..=place].rotate_right(1);
        let entry = &mut self.entries[0];
        entry.seen = entry.seen.saturating_add(len);
        if !entry.tried && entry.seen >= self.worth {
            entry.tried = true;
            let module = elementwise::module(program, dtypes, given);
            entry.made = module.and_then(|module| host::make(&module, self.free.pop()));
            self.made += usize::from(entry.made.is_some());
        }
        entry.made
    }
}
