//! Programs that are played: what is told of them, forward and back.
mod devices;
mod forks;
mod lab;
mod races;
mod runs;

use std::rc::Rc;
use std::sync::OnceLock;
use std::time::Instant;

use backend_cpu::CpuBackend;
use engine::Engine;
use lang::{Ask, Reply, Request};
use playground::{Halt, Player};
use pollster::block_on;
use protocol::program::{Graph, Node, NodeKind, Output, ProgramState, Unit};

fn now() -> f64 {
    static BEGAN: OnceLock<Instant> = OnceLock::new();
    BEGAN.get_or_init(Instant::now).elapsed().as_secs_f64() * 1000.0
}

fn player(text: &str) -> Player {
    let mut player = Player::new(Engine::new(Rc::new(CpuBackend::new())), None, now);
    assert!(player.load(1, text), "{:?}", player.diagnostics());
    player
}

/// Runs until it stands.
fn run(player: &mut Player) {
    while player.is_running() {
        match player.slice(1000.0) {
            Halt::Need => match player.request() {
                Some(Request::Value(wait)) => player.provide(block_on(wait.settle())),
                Some(Request::Ask(Ask::Time)) => player.reply(Reply::Time(now() / 1000.0)),
                Some(Request::Ask(ask)) => panic!("{ask:?} was asked"),
                None => {}
            },
            Halt::Time | Halt::Stopped => {}
        }
        block_on(player.read_losses());
    }
    block_on(player.catch_up());
}

/// Runs to the end.
fn play(player: &mut Player) {
    player.go();
    run(player);
}

fn played(text: &str) -> Player {
    let mut player = player(text);
    play(&mut player);
    player
}

fn text(output: &[Output]) -> String {
    output
        .iter()
        .map(|piece| match piece {
            Output::Text(text) | Output::Error(text) => text.as_str(),
            Output::Figure(_) => "(figure)",
        })
        .collect()
}

fn graph(player: &Player) -> Graph {
    block_on(player.graph()).0
}

fn node<'a>(graph: &'a Graph, name: &str) -> &'a Node {
    let found = graph.nodes.iter().rev().find(|node| node.name.as_deref() == Some(name));
    found.unwrap_or_else(|| panic!("no {name} among {:?}", names(graph)))
}

fn names(graph: &Graph) -> Vec<(u32, &str, Option<&str>)> {
    graph.nodes.iter().map(|node| (node.id, node.op.as_str(), node.name.as_deref())).collect()
}

fn value(node: &Node) -> Vec<f32> {
    node.value.as_ref().map(|mini| mini.values.to_vec()).unwrap_or_default()
}

fn gradient(node: &Node) -> Option<Vec<f32>> {
    node.gradient.as_ref().map(|mini| mini.values.to_vec())
}

/// Fails with the first nodes that differ.
fn same(now: &Graph, then: &Graph, what: &str) {
    let differing: Vec<_> = now.nodes.iter().zip(&then.nodes).filter(|(a, b)| a != b).take(1).collect();
    assert!(differing.is_empty(), "{what}: {differing:#?}");
    assert_eq!(names(now), names(then), "{what}");
}

const SMALL: &str = "\
import torch
x = torch.ones(2, 2, requires_grad=True)
y = x + 2
z = y * y * 3
out = z.mean()
out.backward()
print(x.grad)
";

const TRAINING: &str = "\
import torch
import torch.nn as nn
torch.manual_seed(0)
x = torch.linspace(-1, 1, 8).unsqueeze(1)
t = 2 * x + 1
net = nn.Sequential(nn.Linear(1, 4), nn.Tanh(), nn.Linear(4, 1))
opt = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
for step in range(5):
    opt.zero_grad()
    loss = ((net(x) - t) ** 2).mean()
    loss.backward()
    opt.step()
    print(step, loss.item())
";

#[test]
fn a_small_program_is_recorded_with_values_and_gradients() {
    let player = played(SMALL);
    assert_eq!(player.position().state, ProgramState::Finished);
    assert_eq!(text(&player.output()), "tensor([[4.5000, 4.5000],\n        [4.5000, 4.5000]])\n");
    let graph = graph(&player);
    let forward: Vec<&Node> = graph.nodes.iter().filter(|node| !node.backward).collect();
    let (x, y, out) = (node(&graph, "x"), node(&graph, "y"), node(&graph, "out"));
    assert_eq!((x.kind, x.line), (NodeKind::Leaf, Some(2)));
    assert_eq!(gradient(x), Some(vec![4.5; 4]));
    assert_eq!((y.op.as_str(), y.line, y.shape.as_slice()), ("add", Some(3), [2, 2].as_slice()));
    assert!(y.inputs.contains(&x.id));
    assert_eq!(gradient(y), Some(vec![4.5; 4]));
    assert_eq!((out.kind, value(out)), (NodeKind::Loss, vec![27.0]));
    assert_eq!(gradient(out), Some(vec![1.0]));
    let ops: Vec<&str> = forward.iter().map(|node| node.op.as_str()).filter(|op| !op.is_empty()).collect();
    assert_eq!(ops, ["add", "mul", "mul", "mean"]);
    for (i, node) in graph.nodes.iter().enumerate() {
        let before: Vec<u32> = graph.nodes[..i].iter().map(|node| node.id).collect();
        assert!(node.inputs.iter().all(|input| before.contains(input)), "{node:?} stands before an input");
    }
}

#[test]
fn modules_are_named_and_losses_are_noted() {
    let mut player = played(TRAINING);
    let graph = graph(&player);
    let linear: Vec<&Node> = graph.nodes.iter().filter(|node| node.op == "addmm").collect();
    assert_eq!(linear.len(), 10);
    assert_eq!(linear[0].modules, ["net", "net.0"]);
    assert_eq!(linear[9].modules, ["net", "net.2"]);
    let weight = node(&graph, "net.0.weight");
    assert_eq!((weight.kind, weight.line), (NodeKind::Parameter, Some(6)));
    assert!(gradient(weight).is_some());
    let losses = player.take_losses().unwrap_or_default();
    assert_eq!(losses.iter().map(|loss| loss.steps).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
    let printed: Vec<String> =
        losses.iter().enumerate().map(|(i, loss)| format!("{i} {}\n", loss.value)).collect();
    assert_eq!(text(&player.output()), printed.concat());
    assert_eq!(player.position().steps, 5);
    assert!(player.diagnostics().is_empty(), "{:?}", player.diagnostics());
}

#[test]
fn steps_forward_are_taken_back_by_the_same_units() {
    for unit in [Unit::Line, Unit::Into, Unit::Op, Unit::Node] {
        let mut player = player(TRAINING);
        let mut places = vec![(player.position().clock, player.position().line, graph(&player))];
        for _ in 0..12 {
            player.step(unit);
            run(&mut player);
            let position = player.position();
            assert_eq!(position.state, ProgramState::Paused, "{unit:?}");
            places.push((position.clock, position.line, graph(&player)));
        }
        for (clock, line, graph_then) in places.iter().rev().skip(1) {
            block_on(player.back(unit));
            let position = player.position();
            assert_eq!((position.clock, position.line), (*clock, *line), "{unit:?}");
            same(&graph(&player), graph_then, &format!("{unit:?} at {line:?}"));
        }
    }
}

#[test]
fn going_back_takes_output_and_losses_back() {
    let mut player = played(TRAINING);
    let (end, all) = (player.position().clock, text(&player.output()));
    let half = player.take_losses().unwrap_or_default()[2].clock;
    block_on(player.seek(half));
    assert_eq!(player.position().end, end);
    assert!((2..4).contains(&text(&player.output()).lines().count()), "{}", text(&player.output()));
    player.go();
    run(&mut player);
    assert_eq!(text(&player.output()), all);
    assert_eq!(player.take_losses().map(|losses| losses.len()), Some(5));
}

#[test]
fn a_long_run_goes_over_to_full_speed_and_can_be_looked_into_where_it_ends() {
    let long = TRAINING.replace("range(5)", "range(2000)").replace("    print(step, loss.item())\n", "");
    let mut player = played(&long);
    assert_eq!(player.position().steps, 2000);
    let graph = graph(&player);
    assert!(graph.nodes.iter().any(|node| node.op == "addmm"), "{:?}", names(&graph));
    assert!(player.take_losses().is_some_and(|losses| losses.len() > 50));
    block_on(player.back(Unit::Line));
    assert_eq!(player.position().state, ProgramState::Paused);
}

#[test]
fn breakpoints_and_lines_stop_a_run() {
    let mut player = player(TRAINING);
    player.set_breakpoints(vec![12]);
    for steps in 0..3 {
        player.go();
        run(&mut player);
        assert_eq!((player.position().line, player.position().steps), (Some(12), steps));
    }
    player.set_breakpoints(Vec::new());
    player.run_to(13);
    run(&mut player);
    assert_eq!(player.position().line, Some(13));
}

#[test]
fn errors_say_where_and_what_mends_them() {
    let mut broken = Player::new(Engine::new(Rc::new(CpuBackend::new())), None, now);
    assert!(!broken.load(1, "x = (\ny = 3 +\n"));
    assert!(!broken.diagnostics().is_empty());

    let failed = played("import torch\na = torch.ones(2, 3)\nb = torch.ones(2, 3)\nc = a @ b\n");
    let found = &failed.diagnostics()[0];
    assert_eq!(failed.position().state, ProgramState::Failed);
    assert!(found.message.starts_with("RuntimeError: mat1 and mat2"), "{}", found.message);
    assert_eq!(found.place.start, 59);

    let stale = TRAINING.replace("    opt.zero_grad()\n", "");
    let warned = played(&stale).diagnostics();
    assert_eq!(warned.len(), 1);
    let (place, new) = warned[0].fix.clone().expect("it can be mended");
    let mut mended = stale.clone();
    mended.replace_range(place.start as usize..place.end as usize, &new);
    assert!(played(&mended).diagnostics().is_empty(), "{mended}");
}

#[test]
fn the_console_computes_at_the_present_moment_and_changes_nothing() {
    let mut player = player(SMALL);
    player.run_to(5);
    run(&mut player);
    let before = graph(&player);
    assert_eq!(
        text(&block_on(player.evaluate(1, "z.sum()")).output),
        "tensor(108., grad_fn=<SumBackward0>)\n"
    );
    assert_eq!(text(&block_on(player.evaluate(2, "y = 3")).output), "");
    assert_eq!(
        text(&block_on(player.evaluate(3, "out")).output).lines().last(),
        Some("NameError: name 'out' is not defined. Did you mean: 'oct'?")
    );
    same(&graph(&player), &before, "after the console");
    player.go();
    run(&mut player);
    assert_eq!(player.position().state, ProgramState::Finished);
}

#[test]
fn a_node_tells_everything_about_itself() {
    let player = played(SMALL);
    let graph = graph(&player);
    let z = node(&graph, "z");
    let detail = block_on(player.detail(z.id, 0)).expect("it is there");
    let value = detail.value.expect("it is kept");
    assert_eq!(value.elements, ["27.0000"; 4]);
    assert_eq!(value.statistics.mean, 27.0);
    assert!(
        !detail.checks.is_empty() && detail.checks.iter().all(|check| check.passed),
        "{:?}",
        detail.checks
    );
    assert!(detail.kernels.is_empty(), "all elements are one known number, which takes no kernel");
    let trained = played(TRAINING);
    let tanh = self::graph(&trained).nodes.iter().find(|node| node.op == "tanh").map(|node| node.id);
    let tanh = tanh.and_then(|id| block_on(trained.detail(id, 0))).expect("it is there");
    assert!(!tanh.kernels.is_empty());
    let updated = self::graph(&trained);
    let updated =
        updated.nodes.iter().filter(|node| node.kind == NodeKind::Parameter || node.kind == NodeKind::Leaf);
    let steps = updated
        .filter_map(|node| block_on(trained.detail(node.id, 0)))
        .filter(|detail| !detail.update.is_empty());
    assert!(steps.count() > 0);
}

#[test]
fn what_a_program_waits_for_is_asked_again_after_a_pause() {
    let mut player = player("import time\ntime.sleep(1)\nprint('awake')\n");
    player.go();
    let asked = |player: &mut Player| match player.slice(1000.0) {
        Halt::Need => matches!(player.request(), Some(Request::Ask(Ask::Sleep(_)))),
        Halt::Time | Halt::Stopped => false,
    };
    assert!(asked(&mut player));
    player.set_waiting(Some("time.sleep"));
    player.pause();
    assert_eq!(player.position().state, ProgramState::Paused);
    player.go();
    assert!(asked(&mut player));
    player.reply(Reply::Done);
    run(&mut player);
    assert_eq!(text(&player.output()), "awake\n");
}

#[test]
fn files_are_read_and_written_in_the_programs_folder() {
    let mut player = player(
        "print(open('a.txt').read())\nwith open('b.txt', 'w') as f:\n    f.write('new')\nopen('c.txt')\n",
    );
    player.put_file("a.txt", b"given".to_vec());
    player.go();
    run(&mut player);
    assert_eq!(player.position().state, ProgramState::Failed);
    assert!(text(&player.output()).starts_with("given\n"), "{}", text(&player.output()));
    assert!(text(&player.output()).contains("No such file or directory: 'c.txt'"));
    let saved = player.take_saved();
    assert_eq!(
        saved.iter().map(|file| (file.name.as_str(), file.content.to_vec())).collect::<Vec<_>>(),
        [("b.txt", b"new".to_vec())]
    );
}
