//! Texts that go on from a pinned moment, and numbers that stop being finite.

use pollster::block_on;
use protocol::program::{NodeKind, ProgramState, Severity, Unit};

use crate::{graph, node, play, played, player, run, text, value};

const DESCENT: &str = "\
import torch
w = torch.tensor(4.0, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.25)
for step in range(4):
    loss = w ** 2
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(step, w.item())
";

/// At the third step, pinned.
fn pinned() -> playground::Player {
    let mut player = player(DESCENT);
    for _ in 0..2 {
        player.step(Unit::OptimizerStep);
        run(&mut player);
    }
    player.set_pinned(true);
    player
}

#[test]
fn another_text_goes_on_from_the_pinned_moment() {
    let mut player = pinned();
    let clock = player.position().clock;
    assert!(player.load(2, &DESCENT.replace("w ** 2", "(w - 1) ** 2")), "{:?}", player.diagnostics());
    assert_eq!((player.position().clock, player.position().steps), (clock, 2));
    play(&mut player);
    assert_eq!(text(&player.output()), "0 2.0\n1 1.0\n2 1.0\n3 1.0\n");
    let losses: Vec<f64> = player.take_losses().expect("losses").iter().map(|loss| loss.value).collect();
    assert_eq!(losses, [16.0, 4.0, 0.0, 0.0]);
    assert_eq!(player.position().pinned.map(|moment| moment.steps), Some(2));
    // The next text goes on from the same moment.
    assert!(player.load(3, &DESCENT.replace("w ** 2", "w ** 2 * 2")));
    play(&mut player);
    assert_eq!(text(&player.output()), "0 2.0\n1 1.0\n2 0.0\n3 0.0\n");
    player.set_pinned(false);
    assert!(player.load(4, DESCENT));
    assert_eq!(player.position().clock, 0);
}

#[test]
fn a_fork_is_gone_back_in_to_its_beginning() {
    let mut player = pinned();
    let clock = player.position().clock;
    assert!(player.load(2, &DESCENT.replace("w ** 2", "(w - 1) ** 2")));
    play(&mut player);
    block_on(player.seek(0));
    assert_eq!((player.position().clock, player.position().steps), (clock, 2));
    play(&mut player);
    block_on(player.back(Unit::OptimizerStep));
    assert_eq!(player.position().steps, 4);
    for _ in 0..3 {
        block_on(player.back(Unit::OptimizerStep));
    }
    assert_eq!(player.position().clock, clock);
    assert_eq!(text(&player.output()), "0 2.0\n");
}

#[test]
fn a_text_without_that_moment_says_so_and_runs_when_the_pin_is_gone() {
    let mut player = pinned();
    assert!(!player.load(2, "print('other')\n"));
    let told = player.diagnostics();
    assert!(told[0].message.contains("pinned"), "{told:?}");
    player.set_pinned(false);
    assert!(player.load(3, "print('other')\n"));
    play(&mut player);
    assert_eq!(text(&player.output()), "other\n");
    player.set_pinned(true);
    assert_eq!(player.position().pinned, None, "at its end there is no moment to go on from");
}

#[test]
fn the_node_where_numbers_stop_being_finite_is_named_and_mended() {
    let text = "\
import torch
x = torch.tensor([0.0, 1.0], requires_grad=True)
y = torch.log(x)
loss = (y * x).sum()
loss.backward()
";
    let mut player = played(text);
    let recorded = graph(&player);
    let told = player.diagnostics();
    let [one] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!((one.severity, one.node), (Severity::Warning, Some(node(&recorded, "y").id)));
    let (place, new) = one.fix.clone().expect("a fix");
    let mended = format!("{}{new}{}", &text[..place.start as usize], &text[place.end as usize..]);
    assert!(player.load(2, &mended), "{mended}");
    play(&mut player);
    let recorded = graph(&player);
    assert_eq!(player.diagnostics(), []);
    assert_eq!(node(&recorded, "loss").kind, NodeKind::Loss);
    assert!(value(node(&recorded, "loss"))[0].abs() < 1e-6);
    assert_eq!(player.position().state, ProgramState::Finished);
}
