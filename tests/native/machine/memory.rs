//! What one instruction may take: it is refused before it has taken it.

use lang::{Event, Limits, Machine, Request, Stops};

/// The last line of what a program ends with, where objects may take 32 MB.
pub(super) fn ends_with(text: &str) -> String {
    let limits = Limits { heap_bytes: 32 << 20, tensor_bytes: 1 << 30, ..Limits::default() };
    let mut machine = Machine::new(crate::engine(), limits);
    assert!(machine.load(text).is_ok(), "{text}");
    let mut printed = String::new();
    loop {
        match machine.run(u64::MAX, &Stops::default()) {
            Event::Print(text) => printed.push_str(&text),
            Event::Need => match machine.request() {
                Some(Request::Value(wait)) => machine.provide(pollster::block_on(wait.settle())),
                _ => panic!("nothing else is needed"),
            },
            Event::Failed(traceback) => {
                return traceback.text.trim_end().lines().last().unwrap_or_default().to_owned();
            }
            Event::Finished(_) => return printed,
            _ => {}
        }
    }
}

#[test]
fn what_is_too_large_to_be_written_out_is_refused() {
    // Each dimension is short: a summary shows all of it.
    let many = "torch.ones([2] * 22)";
    for program in [
        format!("import torch\nprint({many})\n"),
        format!("import torch\ns = str({many}.numpy())\n"),
        format!("import torch\ns = repr({many}.numpy())\n"),
        "x = 'ab' * 5000000\nprint(len(list(map(list, x))))\n".to_owned(),
    ] {
        let end = ends_with(&program);
        assert!(end.starts_with("MemoryError"), "{program}: {}", &end[..end.len().min(200)]);
    }
    let summary = ends_with(
        "import torch\nprint(torch.ones(3000, 2000).shape, len(str(torch.ones(3000, 2000))) < 1000)\n",
    );
    assert_eq!(summary, "torch.Size([3000, 2000]) True\n");
}

#[test]
fn a_text_is_walked_letter_by_letter() {
    let text = "n = 0\nfor c in 'aä€😀' * 1000:\n    n += ord(c)\nit = iter('äb')\nprint(n, next(it), list(it), list('é'))\n";
    assert_eq!(ends_with(text), "137201000 ä ['b'] ['é']\n");
}

#[test]
fn a_list_that_stands_in_others_again_and_again_is_refused_as_data() {
    for call in ["torch.tensor(x)", "np.array(x)"] {
        let program =
            format!("import torch\nimport numpy as np\nx = 1\nfor _ in range(30):\n    x = [x, x]\n{call}\n");
        let end = ends_with(&program);
        assert!(end.starts_with("MemoryError"), "{call}: {end}");
    }
}

#[test]
fn dimensions_are_counted() {
    for (start, error) in [
        ("torch.ones(2, requires_grad=True)", "RuntimeError: a tensor of 257 dims is too large"),
        (
            "np.ones(2)",
            "IndexError: number of dimensions must be within [0, 32], indexing result would have 33",
        ),
    ] {
        let program = format!(
            "import torch\nimport numpy as np\nx = {start}\nfor _ in range(20000):\n    x = x[None]\n"
        );
        let end = ends_with(&program);
        assert!(end.starts_with(error), "{start}: {end}");
    }
}

#[test]
fn items_are_compared_for_as_long_as_somebody_waits() {
    // Together they have 2³⁰ items: what compares them can be stopped between two instructions.
    let text = "def deep():\n    x = object\n    for _ in range(30):\n        x = {1: x, 2: x}\n    return x\n\
                print(deep() == deep())\n";
    let mut machine = Machine::new(crate::engine(), Limits::default());
    machine.load(text).expect("it can be read");
    for _ in 0..20 {
        assert!(!matches!(machine.run(50, &Stops::default()), Event::Finished(_)));
    }
}
