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
        ..python("math", python!("builtins/library/math.py"))
    },
    NativeModule { classes: RANDOM, ..python("random", python!("builtins/library/random.py")) },
    NativeModule { functions: TIME, ..python("time", python!("builtins/library/time.py")) },
    NativeModule { build: Some(system::build_sys), ..python("sys", python!("builtins/library/sys.py")) },
    python("os", python!("builtins/library/os.py")),
    python("os.path", python!("builtins/library/path.py")),
    python("pathlib", python!("builtins/library/pathlib.py")),
    python("unicodedata", python!("builtins/library/unicodedata.py")),
    python(
        "collections",
        concat!(python!("builtins/library/deque.py"), python!("builtins/library/collections.py")),
    ),
    python("collections.abc", python!("builtins/library/collections_abc.py")),
    python("itertools", python!("builtins/library/itertools.py")),
    python("functools", python!("builtins/library/functools.py")),
    python("operator", python!("builtins/library/operator.py")),
    python("typing", python!("builtins/library/typing.py")),
    python("dataclasses", python!("builtins/library/dataclasses.py")),
    python("abc", python!("builtins/library/abc.py")),
    python("copy", python!("builtins/library/copy.py")),
    python("string", python!("builtins/library/string.py")),
    python("enum", python!("builtins/library/enum.py")),
    python("contextlib", python!("builtins/library/contextlib.py")),
    NativeModule { functions: REGEX, ..python("re", python!("builtins/library/re.py")) },
    python("csv", python!("builtins/library/csv.py")),
    python("traceback", python!("builtins/library/traceback.py")),
    python("pickle", python!("builtins/library/pickle.py")),
    python("json", python!("builtins/library/json.py")),
    python("argparse", python!("builtins/library/argparse.py")),
    python("warnings", python!("builtins/library/warnings.py")),
    python("datetime", python!("builtins/library/datetime.py")),
    python("pprint", python!("builtins/library/pprint.py")),
    python("textwrap", python!("builtins/library/textwrap.py")),
    python("types", python!("builtins/library/types.py")),
    python("statistics", python!("builtins/library/statistics.py")),
    python("heapq", python!("builtins/library/heapq.py")),
    python("bisect", python!("builtins/library/bisect.py")),
    python("numbers", python!("builtins/library/numbers.py")),
    python("io", python!("builtins/library/io.py")),
    python("gc", python!("builtins/library/gc.py")),
    python("logging", python!("builtins/library/logging.py")),
    python("inspect", python!("builtins/library/inspect.py")),
    python("tqdm", python!("builtins/library/tqdm.py")),
    python("tqdm.auto", "from tqdm import *"),
    python("tqdm.notebook", "from tqdm import *"),
    python("glob", python!("builtins/library/glob.py")),
    python("fnmatch", "from glob import fnmatch, filter"),
    python("shutil", python!("builtins/library/shutil.py")),
    python("tempfile", "from shutil import TemporaryDirectory, gettempdir, mkdtemp"),
    python("timeit", python!("builtins/library/timeit.py")),
    python("__future__", python!("builtins/library/future.py")),
];

const RANDOM: &[&NativeClass] = &[&GENERATOR];
const REGEX: &[&[Native]] = &[regex::FUNCTIONS];
const TIME: &[&[Native]] = &[system::TIME];

/// A module that is written in Python.
const fn python(name: &'static str, source: &'static str) -> NativeModule {
    NativeModule { name, functions: &[], classes: &[], build: None, source: Some(source) }
}
