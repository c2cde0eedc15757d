//! The devices of a run: exchanged, and lost. Here the CPU plays the GPU.

use std::rc::Rc;

use backend_cpu::CpuBackend;
use engine::Engine;
use playground::Player;
use pollster::block_on;
use protocol::program::{ProgramState, Unit};

use crate::{graph, now, play, text};

/// Where a program computes, and a value there.
const PROGRAM: &str = "\
import torch
device = 'cuda' if torch.cuda.is_available() else 'cpu'
x = torch.ones(3, device=device) * 2
print(device)
y = x + 1
print(y.sum().item())
";

fn cpu() -> Engine {
    Engine::new(Rc::new(CpuBackend::new()))
}

fn on_gpu(text: &str) -> Player {
    let mut player = Player::new(cpu(), Some(cpu()), now);
    assert!(player.load(1, text), "{:?}", player.diagnostics());
    player
}

fn output(player: &Player) -> String {
    text(&player.output())
}

#[test]
fn a_run_goes_on_where_it_is_and_begins_on_what_is_there() {
    let mut player = on_gpu(PROGRAM);
    player.run_to(5);
    crate::run(&mut player);
    player.set_cuda(None);
    play(&mut player);
    assert_eq!((output(&player).as_str(), player.position().state), ("cuda\n9.0\n", ProgramState::Finished));
    assert!(
        graph(&player).nodes.iter().any(|node| node.name.as_deref() == Some("y")),
        "it is still recorded"
    );
    block_on(player.seek(0));
    assert_eq!(player.position().clock, 0);
    play(&mut player);
    assert_eq!(output(&player), "cpu\n9.0\n");
    player.set_cuda(Some(cpu()));
    assert!(player.load(2, PROGRAM));
    play(&mut player);
    assert_eq!(output(&player), "cuda\n9.0\n");
}

#[test]
fn a_lost_device_ends_the_run_that_was_on_it() {
    let mut player = on_gpu(PROGRAM);
    player.run_to(5);
    crate::run(&mut player);
    assert!(player.lose_cuda(Some(cpu()), "unplugged"));
    assert_eq!(player.position().state, ProgramState::Failed);
    assert_eq!(output(&player), "cuda\nRuntimeError: the device was lost: unplugged\n");
    let told = player.diagnostics();
    assert!(told.iter().any(|told| told.message.ends_with("unplugged") && told.hint.is_some()), "{told:?}");
    // Nothing of it is left to be gone back to, but its start.
    block_on(player.back(Unit::Line));
    assert_eq!((output(&player).as_str(), player.position().clock), ("", 0));
    play(&mut player);
    assert_eq!((output(&player).as_str(), player.position().state), ("cuda\n9.0\n", ProgramState::Finished));
    assert_eq!(player.diagnostics(), []);
}

#[test]
fn a_run_that_was_not_on_a_lost_device_goes_on() {
    let mut player = on_gpu("import torch\nx = torch.ones(3) * 2\nprint(1)\ny = x + 1\n");
    player.run_to(4);
    crate::run(&mut player);
    assert!(!player.lose_cuda(None, "unplugged"));
    block_on(player.back(Unit::Line));
    assert_eq!(output(&player), "");
    play(&mut player);
    assert_eq!((output(&player).as_str(), player.position().state), ("1\n", ProgramState::Finished));
}
