//! Runs as a whole: gone back in and forward again, at full speed, and asked to read digits.

use std::rc::Rc;

use backend_cpu::CpuBackend;
use engine::Engine;
use playground::Player;
use pollster::block_on;
use protocol::program::{ProgramState, Unit};

use crate::{graph, now, play, played, run, text};

#[test]
fn a_run_that_was_taken_back_is_gone_forward_in_to_its_end() {
    let program = "for i in range(3):\n    print(i)\n";
    for (program, end) in
        [(program.to_owned(), ProgramState::Finished), (format!("{program}oops\n"), ProgramState::Failed)]
    {
        let mut player = played(&program);
        let (all, clock) = (text(&player.output()), player.position().end);
        let told = player.diagnostics();
        player.take_output();
        block_on(player.seek(0));
        assert_eq!((text(&player.output()), player.position().state), (String::new(), ProgramState::Paused));
        assert_eq!(player.take_output(), []);
        block_on(player.seek(clock));
        assert_eq!((text(&player.output()), player.position().state), (all.clone(), end.clone()));
        assert_eq!(player.diagnostics(), told);
        // From the middle on, it runs again.
        block_on(player.seek(clock / 2));
        play(&mut player);
        assert_eq!((text(&player.output()), player.position().state), (all, end));
    }
}

#[test]
fn the_programs_own_model_reads_digits() {
    // A pixel that is on is the digit: normalised as the data set has it, in evaluation mode.
    let program = |model: &str| {
        format!(
            "import torch\nfrom torch import nn\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.scale = nn.Parameter(torch.tensor(50.0))\n        self.drop = nn.Dropout(0.9)\n    def forward(self, x):\n        return self.drop(x.reshape(-1, 784)[:, :10] * self.scale)\n{model}\n"
        )
    };
    let mut image = [0_u8; 784];
    image[7] = 255;
    let read = |player: &Player| block_on(player.read_digits(&[&image, &image]));
    for model in ["net = Net()", "hidden = [Net().eval()]\ndef model(x):\n    return hidden[0](x)"] {
        let player = played(&program(model));
        let rows = read(&player).unwrap_or_else(|why| panic!("{why}"));
        assert!(rows.len() == 2 && rows[0][7] > 0.99, "{rows:?}");
        assert!((rows[1].iter().sum::<f32>() - 1.0).abs() < 1e-5);
    }
    assert!(read(&played("x = 1\n")).is_err_and(|why| why.contains("No variable")));
    // Nothing of it changes the run.
    let player = played(&program("net = Net()"));
    let before = graph(&player);
    assert!(read(&player).is_ok());
    assert_eq!(graph(&player), before);
}

#[test]
fn losses_of_a_fast_run_come_one_after_the_other() {
    let text = "import torch\nw = torch.ones(1, requires_grad=True)\nfor i in range(3000):\n    (w * w).sum().backward()\n    w.grad = None\n";
    let mut player = played(text);
    let losses = player.take_losses().expect("losses");
    let clocks: Vec<u64> = losses.iter().map(|loss| loss.clock).collect();
    assert!(losses.len() > 20, "{}", losses.len());
    assert!(clocks.windows(2).all(|pair| pair[0] < pair[1]), "{clocks:?}");
}

#[test]
fn from_amid_an_optimizer_s_step_the_next_one_is_gone_to() {
    let text = "import torch\na = torch.ones(1, requires_grad=True)\nb = torch.ones(1, requires_grad=True)\n\
                optimizer = torch.optim.SGD([a, b], lr=0.1)\nfor i in range(5):\n    (a * b).backward()\n    optimizer.step()\n";
    let mut player = played(text);
    // Between the update of the parameters and the end of the call there are moments, too.
    let end = player.position().end;
    for clock in end - 150..end {
        block_on(player.seek(clock));
        let before = player.position().steps;
        player.step(Unit::OptimizerStep);
        run(&mut player);
        let position = player.position();
        let ended = position.state == ProgramState::Finished;
        assert_eq!(position.steps, if ended { 5 } else { before + 1 }, "from {clock}");
    }
}

#[test]
fn of_a_long_tape_the_program_s_own_ops_are_kept_before_those_of_backward() {
    let lines = "x = torch.tanh(x)\n".repeat(900);
    let player = played(&format!(
        "import torch\nw = x = torch.ones(3, requires_grad=True)\n{lines}x.sum().backward()\n"
    ));
    let graph = graph(&player);
    let forward = graph.nodes.iter().filter(|node| node.op == "tanh" && !node.backward).count();
    assert_eq!(forward, 900);
    assert!(graph.left_out > 500, "{} left out", graph.left_out);
    assert!(graph.nodes.len() <= 2200, "{} nodes", graph.nodes.len());
}

#[test]
fn large_values_of_a_long_run_are_let_go() {
    // Each step computes some 20 MB.
    let text = "import torch\nx = torch.ones(500_000, requires_grad=True)\nfor i in range(60):\n    \
                y = torch.tanh(x * 1.01)\n    y.sum().backward()\n    z = torch.ones(500_000)\n";
    let engine = Engine::new(Rc::new(CpuBackend::new()));
    let mut player = Player::new(engine.clone(), None, now);
    assert!(player.load(1, text), "{:?}", player.diagnostics());
    play(&mut player);
    let graph = graph(&player);
    assert!(graph.left_out > 0 && !graph.nodes.is_empty(), "{} nodes", graph.nodes.len());
    let megabytes = engine.memory().bytes >> 20;
    assert!(megabytes < 450, "{megabytes} MB");
}
