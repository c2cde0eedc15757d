//! The page of names is that of the machine.

use std::path::Path;

#[test]
fn the_page_of_names_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/lang/NAMES.md");
    let page = std::fs::read_to_string(&path).unwrap_or_default();
    let names = lang::names(crate::engine());
    let differ = page.lines().zip(names.lines()).position(|(a, b)| a != b);
    assert!(
        page == names,
        "write it again: cargo run -p cli -- names > crates/lang/NAMES.md (first difference: line {:?} of {} and {})",
        differ.map(|line| line + 1),
        page.lines().count(),
        names.lines().count()
    );
}

#[test]
fn each_name_that_is_missing_gets_the_closest_one() {
    let cases = [
        ("import torch\ntorch.arrange(3)", "torch.arrange is not part of Seegrad. Closest: torch.arange"),
        ("import torch\ntorch.ones(2).sumn()", "Tensor.sumn is not part of Seegrad. Closest: Tensor.sum"),
        (
            "import torch.nn as nn\nnn.Linaer(1, 2)",
            "torch.nn.Linaer is not part of Seegrad. Closest: torch.nn.Linear",
        ),
        (
            "import torch.nn.functional as F\nF.rellu(1)",
            "torch.nn.functional.rellu is not part of Seegrad. Closest: torch.nn.functional.relu",
        ),
        (
            "import torch.optim as optim\noptim.Adamm",
            "torch.optim.Adamm is not part of Seegrad. Closest: torch.optim.Adam",
        ),
        ("import numpy as np\nnp.arrange(3)", "numpy.arrange is not part of Seegrad. Closest: numpy.arange"),
        (
            "import numpy as np\nnp.ones(2).summ()",
            "ndarray.summ is not part of Seegrad. Closest: ndarray.sum",
        ),
        (
            "import matplotlib.pyplot as plt\nplt.plott([1])",
            "matplotlib.pyplot.plott is not part of Seegrad. Closest: matplotlib.pyplot.plot",
        ),
        ("from torch.nn import Linaer", "torch.nn.Linaer is not part of Seegrad. Closest: Linear"),
    ];
    for (text, wanted) in cases {
        let mut machine = lang::Machine::new(crate::engine(), lang::Limits::default());
        assert!(machine.load(text).is_ok(), "{text}");
        match machine.run(u64::MAX, &lang::Stops::default()) {
            lang::Event::Failed(traceback) => {
                assert_eq!(traceback.hint.as_deref(), Some(wanted), "{text}: {}", traceback.text);
            }
            _ => panic!("{text} does not fail"),
        }
    }
}
