//! Several versions of a program side by side.

use std::rc::Rc;

use backend_cpu::CpuBackend;
use engine::Engine;
use lang::Request;
use playground::{Player, Race};
use pollster::block_on;
use protocol::program::{self, ProgramState};

use crate::played;

/// A race of these texts, to its end.
fn raced(player: &Player, texts: &[String]) -> program::Race {
    let mut race = Race::new(7, texts, player, || Engine::new(Rc::new(CpuBackend::new())));
    while race.is_running() {
        match race.slice(50.0) {
            Some((Request::Value(wait), lane)) => lane.provide(block_on(wait.settle())),
            Some((Request::Ask(ask), _)) => panic!("{ask:?} was asked"),
            None => {}
        }
    }
    block_on(race.report(player))
}

fn descent(parameters: &str, loss: &str, rate: &str) -> String {
    format!(
        "import torch\n{parameters}\noptimizer = torch.optim.SGD([w], lr={rate})\nfor step in range(5):\n    loss = {loss}\n    optimizer.zero_grad()\n    loss.backward()\n    optimizer.step()\n"
    )
}

#[test]
fn each_version_has_its_losses_and_its_way() {
    let text = |rate| descent("w = torch.tensor([2.0, -1.0], requires_grad=True)", "(w ** 2).sum()", rate);
    let player = played(&text("0.25"));
    let race = raced(&player, &[text("0.25"), text("0.5"), text("oops")]);
    assert_eq!((race.id, race.note.as_deref()), (7, None));
    let losses: Vec<Vec<f64>> =
        race.lanes.iter().map(|lane| lane.losses.iter().map(|loss| loss.value).collect()).collect();
    assert_eq!(losses[0], [5.0, 1.25, 0.3125, 0.078_125, 0.019_531_25]);
    assert_eq!(losses[1], [5.0, 0.0, 0.0, 0.0, 0.0]);
    assert_eq!(race.lanes[2].state, ProgramState::Failed);
    assert_eq!(race.lanes[2].message.as_deref(), Some("NameError: name 'oops' is not defined"));
    let way: Vec<_> = race.lanes[0].way.iter().map(|at| (at.steps, at.x, at.y)).collect();
    assert_eq!(way[..3], [(0, 2.0, -1.0), (1, 1.0, -0.5), (2, 0.5, -0.25)]);
    assert_eq!(way.len(), 6);
    let landscape = race.landscape.expect("a landscape");
    let y = landscape.y.expect("two axes");
    assert_eq!((landscape.x.name.as_str(), y.name.as_str()), ("w[0]", "w[1]"));
    // Every place of it is the loss there.
    let values = landscape.values.to_vec();
    let (columns, rows) = (landscape.columns as usize, landscape.rows as usize);
    assert_eq!(values.len(), columns * rows);
    let along =
        |low: f64, high: f64, at: usize, count: usize| low + (high - low) * at as f64 / (count - 1) as f64;
    for at in [0, columns * rows / 2 + 3, columns * rows - 1] {
        let (a, b) = (
            along(landscape.x.low, landscape.x.high, at % columns, columns),
            along(y.low, y.high, at / columns, rows),
        );
        assert!((f64::from(values[at]) - (a * a + b * b)).abs() < 1e-4, "{a} {b}: {}", values[at]);
    }
    assert!(landscape.x.low < 0.0 && landscape.x.high > 2.0);
}

#[test]
fn accuracies_are_taken_from_what_is_printed() {
    let text = descent("w = torch.ones(1, requires_grad=True)", "(w ** 2).sum()", "0.1")
        + "    print(f'accuracy {10 * step}%')\n";
    let race = raced(&played(&text), std::slice::from_ref(&text));
    let told: Vec<_> = race.lanes[0].accuracies.iter().map(|at| (at.steps, at.value)).collect();
    assert_eq!(told, [(1, 0.0), (2, 0.1), (3, 0.2), (4, 0.3), (5, 0.4)]);
}

#[test]
fn one_number_has_a_line_and_many_have_a_plane() {
    let one = descent("w = torch.tensor(3.0, requires_grad=True)", "(w - 1).abs()", "0.5");
    let race = raced(&played(&one), std::slice::from_ref(&one));
    let line = race.landscape.expect("a landscape");
    assert_eq!((line.y, line.rows, line.x.name.as_str()), (None, 1, "w"));
    let many = descent(
        "w = torch.tensor([[1.0, 2.0], [3.0, -4.0]], requires_grad=True)",
        "((w * torch.tensor([1.0, 3.0])) ** 2).sum()",
        "0.02",
    );
    let race = raced(&played(&many), std::slice::from_ref(&many));
    let plane = race.landscape.expect("a landscape");
    let way = &race.lanes[0].way;
    assert!(plane.y.is_some());
    assert_eq!((way[0].x, way[0].y), (0.0, 0.0), "the way begins where the plane does");
    let last = way.last().expect("an end");
    assert!(last.x > 0.5 && last.y.abs() < 1e-6, "{last:?}");
}

#[test]
fn it_says_why_there_is_no_landscape() {
    let still = "import torch\nw = torch.ones(2, requires_grad=True)\nw.sum().backward()\n".to_owned();
    let race = raced(&played(&still), std::slice::from_ref(&still));
    assert!(race.note.expect("a reason").contains("optimizer"));
}

#[test]
fn the_kernels_of_a_program_are_told_eager_and_fused() {
    let text = "\
import torch
x = torch.randn(64, requires_grad=True)
optimizer = torch.optim.SGD([x], lr=0.1)
for i in range(3):
    y = ((x * 2 + 1).tanh() * 3).sum()
    y.backward()
    optimizer.step()
print(y.item())
";
    let player = played(text);
    let mut schedule =
        playground::Schedule::new(4, text, &player, || Engine::new(Rc::new(CpuBackend::new())));
    while schedule.is_running() {
        match schedule.slice(50.0) {
            Some((Request::Value(wait), lane)) => lane.provide(block_on(wait.settle())),
            Some((Request::Ask(ask), _)) => panic!("{ask:?} was asked"),
            None => {}
        }
    }
    let told = block_on(schedule.report());
    assert_eq!((told.id, told.note, told.on_cpu), (4, None, None));
    assert_eq!((told.eager.steps, told.fused.steps), (3, 3));
    assert!(told.fused.count * 2 < told.eager.count, "{} and {}", told.fused.count, told.eager.count);
    assert!(told.fused.bytes < told.eager.bytes);
    let times: u64 = told.eager.kernels.iter().map(|kernel| kernel.times).sum();
    assert_eq!(times, told.eager.count);
    let most = told.fused.kernels.iter().map(|kernel| kernel.ops.len()).max();
    assert!(most >= Some(4), "{:?}", told.fused.kernels);
    assert!(told.eager.kernels.iter().any(|kernel| kernel.ops == ["tanh"] && kernel.times == 3));
}
