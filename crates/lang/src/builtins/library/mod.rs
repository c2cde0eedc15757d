//! The library of plain Python: the parts in Python are the files beside this one.

mod math;
mod random;
mod regex;
mod special;
pub(super) mod system;

use crate::native::{Native, NativeClass, NativeModule};

pub(super) use random::GENERATOR;

/// Its modules besides `builtins`.
pub(crate) const MODULES: &[NativeModule] = &[
    NativeModule {
        functions: math::FUNCTIONS,
        build: Some(math::build),
        ..python("math", include_str!("math.py"))
    },
    NativeModule { classes: RANDOM, ..python("random", include_str!("random.py")) },
    NativeModule { functions: TIME, ..python("time", include_str!("time.py")) },
    NativeModule { build: Some(system::build_sys), ..python("sys", include_str!("sys.py")) },
    python("os", include_str!("os.py")),
    python("os.path", include_str!("path.py")),
    python("pathlib", include_str!("pathlib.py")),
    python("unicodedata", include_str!("unicodedata.py")),
    python("collections", concat!(include_str!("deque.py"), include_str!("collections.py"))),
    python("collections.abc", include_str!("collections_abc.py")),
    python("itertools", include_str!("itertools.py")),
    python("functools", include_str!("functools.py")),
    python("operator", include_str!("operator.py")),
    python("typing", include_str!("typing.py")),
    python("dataclasses", include_str!("dataclasses.py")),
    python("abc", include_str!("abc.py")),
    python("copy", include_str!("copy.py")),
    python("string", include_str!("string.py")),
    python("enum", include_str!("enum.py")),
    python("contextlib", include_str!("contextlib.py")),
    NativeModule { functions: REGEX, ..python("re", include_str!("re.py")) },
    python("csv", include_str!("csv.py")),
    python("traceback", include_str!("traceback.py")),
    python("pickle", include_str!("pickle.py")),
    python("json", include_str!("json.py")),
    python("argparse", include_str!("argparse.py")),
    python("warnings", include_str!("warnings.py")),
    python("datetime", include_str!("datetime.py")),
    python("pprint", include_str!("pprint.py")),
    python("textwrap", include_str!("textwrap.py")),
    python("types", include_str!("types.py")),
    python("statistics", include_str!("statistics.py")),
    python("heapq", include_str!("heapq.py")),
    python("bisect", include_str!("bisect.py")),
    python("numbers", include_str!("numbers.py")),
    python("io", include_str!("io.py")),
    python("gc", include_str!("gc.py")),
    python("__future__", include_str!("future.py")),
];

const RANDOM: &[&NativeClass] = &[&GENERATOR];
const REGEX: &[&[Native]] = &[regex::FUNCTIONS];
const TIME: &[&[Native]] = &[system::TIME];

/// A module that is written in Python.
const fn python(name: &'static str, source: &'static str) -> NativeModule {
    NativeModule { name, functions: &[], classes: &[], build: None, source: Some(source) }
}
