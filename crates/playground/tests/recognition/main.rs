//! What the trained models that the page brings along make of drawings: two hundred of them, made for this test.

mod hand;
mod styles;

use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::OnceLock;
use std::time::Instant;

use backend_cpu::CpuBackend;
use datasets::digit::from_strokes;
use engine::Engine;
use playground::{Halt, Player, SHIPPED};
use pollster::block_on;
use protocol::program::ProgramState;

use hand::Random;

/// Drawings of each digit.
const EACH: usize = 20;
const SEED: u64 = 0x2545_F491_4F6C_DD1D;

fn www(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www").join(path)
}

fn now() -> f64 {
    static BEGAN: OnceLock<Instant> = OnceLock::new();
    BEGAN.get_or_init(Instant::now).elapsed().as_secs_f64() * 1000.0
}

/// A program of the page, run to its end.
fn played(program: &str) -> Player {
    let mut player = Player::new(Engine::new(Rc::new(CpuBackend::new())), None, now);
    for name in SHIPPED {
        player.put_file(name, std::fs::read(www("weights").join(name)).expect("the page has it"));
    }
    let text = std::fs::read_to_string(www("programs").join(program)).expect("the page has it");
    assert!(player.load(1, &text), "{:?}", player.diagnostics());
    player.go();
    while player.is_running() {
        if player.slice(1000.0) == Halt::Need {
            assert!(player.request().is_none(), "{program} asks for more than files");
        }
    }
    assert_eq!(player.position().state, ProgramState::Finished, "{:?}", player.diagnostics());
    player
}

/// The drawings as a model sees them, each with its digit.
fn drawings() -> Vec<(usize, [u8; 784])> {
    let mut random = Random(SEED);
    let all = (0..10 * EACH).map(|i| {
        let (digit, turn) = (i % 10, i / 10);
        let strokes = hand::write(digit, turn, &mut random);
        (digit, from_strokes(&strokes).expect("there is ink").image)
    });
    all.collect()
}

/// The part of the drawings, in percent, that the model of a program reads right.
fn accuracy(program: &str) -> f64 {
    let drawings = drawings();
    let images: Vec<&[u8]> = drawings.iter().map(|(_, image)| image.as_slice()).collect();
    let rows = block_on(played(program).read_digits(&images)).expect("there is a model");
    let mut wrong = Vec::new();
    for ((digit, _), row) in drawings.iter().zip(&rows) {
        let read = (0..10).max_by(|&a, &b| row[a].total_cmp(&row[b])).unwrap_or_default();
        if read != *digit {
            wrong.push(format!("{digit} as {read}"));
        }
    }
    let accuracy = 100.0 * (1.0 - wrong.len() as f64 / drawings.len() as f64);
    println!("{program}: {accuracy:.1} % of {}; wrong: {}", drawings.len(), wrong.join(", "));
    accuracy
}

#[test]
fn the_convnet_reads_nearly_all_drawings() {
    let found = accuracy("trained_conv.py");
    assert!(found > 95.0, "{found} %");
}

#[test]
fn softmax_regression_reads_most_drawings() {
    let found = accuracy("trained_softmax.py");
    assert!(found > 85.0, "{found} %");
}
