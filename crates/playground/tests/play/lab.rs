//! What is asked about the model that a program has made, and what changes it.

use playground::{Labelled, Player};
use pollster::block_on;
use protocol::program::{ProgramState, Unit, WeightsFile};

use crate::{play, played, player, run, text};

/// A model that learns to tell images by one pixel.
const PROGRAM: &str = "\
import torch
from torch import nn
torch.manual_seed(1)
net = nn.Sequential(nn.Flatten(), nn.Linear(784, 16), nn.ReLU(), nn.Linear(16, 10))
optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
images = torch.zeros(10, 784)
images[torch.arange(10), torch.arange(10)] = 1.0
limit = 5
for step in range(60):
    loss = nn.functional.cross_entropy(net(images), torch.arange(10))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print('done')
";

const CONVOLUTIONS: &str = "\
import torch
from torch import nn
import torch.nn.functional as F
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 3, 5)
        self.drop = nn.Dropout(0.5)
        self.out = nn.Linear(3 * 12 * 12, 10)
    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        return F.log_softmax(self.out(self.drop(x.flatten(1))), dim=1)
def main():
    model = Net()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for step in range(3):
        pass
main()
";

const BY_HAND: &str = "\
import torch
w = torch.zeros(784, 10)
w[5, 3] = 4.0
w.requires_grad_()
b = torch.zeros(10, requires_grad=True)
def model(x):
    return x @ w + b
";

fn image(digit: usize) -> Vec<u8> {
    let mut image = vec![0; 784];
    image[digit] = 255;
    image
}

fn reads(player: &Player, image: &[u8]) -> usize {
    let rows = block_on(player.read_digits(&[image])).unwrap_or_else(|why| panic!("{why}"));
    (0..10).max_by(|&a, &b| rows[0][a].total_cmp(&rows[0][b])).unwrap_or(0)
}

#[test]
fn layers_are_shown_with_their_weights_and_what_they_give() {
    let player = played(PROGRAM);
    let looked = block_on(player.look(7, &image(4), None));
    assert_eq!(looked.error, None);
    let shown: Vec<_> = looked
        .layers
        .iter()
        .map(|layer| (layer.name.as_str(), layer.weight.values.len(), layer.output.values.len()))
        .collect();
    assert_eq!(shown, [("1", 16 * 784, 16), ("2", 0, 16), ("3", 0, 10)]);
    assert_eq!(looked.saliency.sides, Some((28, 28)));
    let because = looked.because.expect("the sum of a unit");
    let product: f32 = because.product.values.to_vec().iter().sum();
    assert!((product - because.sum).abs() < 1e-4);
    let answers = looked.layers[0].output.values.to_vec();
    assert!((answers[because.unit as usize] - because.total).abs() < 1e-4);
    let chosen = block_on(player.look(8, &image(4), Some((0, 3)))).because.expect("the chosen unit");
    assert!((answers[3] - chosen.total).abs() < 1e-4 && chosen.unit == 3);
}

#[test]
fn filters_and_maps_of_a_model_that_a_function_held() {
    let player = played(CONVOLUTIONS);
    let looked = block_on(player.look(1, &image(4), None));
    let shown: Vec<_> = looked
        .layers
        .iter()
        .map(|layer| (layer.name.as_str(), layer.weight.sides, layer.output.sides))
        .collect();
    assert_eq!(looked.error, None);
    assert_eq!(shown, [("conv1", Some((5, 5)), Some((24, 24))), ("out", None, None)]);
}

#[test]
fn a_model_made_by_hand_shows_its_weights() {
    let player = played(BY_HAND);
    assert_eq!(reads(&player, &image(5)), 3);
    let looked = block_on(player.look(1, &image(5), None));
    assert_eq!(looked.layers.len(), 1, "{looked:?}");
    assert_eq!((looked.layers[0].name.as_str(), looked.layers[0].weight.values.len()), ("w", 7840));
    assert!((looked.saliency.values.to_vec()[5] - 4.0).abs() < 1e-5);
    assert!(block_on(played("x = 1\n").look(1, &image(5), None)).error.is_some());
}

#[test]
fn a_model_is_measured_on_both_sets() {
    let player = played(PROGRAM);
    let images: Vec<Vec<u8>> = (0..10).map(image).collect();
    let set = |shift: u8| Labelled {
        images: images.iter().map(Vec::as_slice).collect(),
        labels: (0..10).map(|digit| (digit + shift) % 10).collect(),
    };
    let measured = block_on(player.measure(&set(0), &set(1))).unwrap_or_else(|why| panic!("{why}"));
    assert_eq!((measured.steps, measured.images, measured.train.1, measured.test.1), (60, 10, 1.0, 0.0));
    assert!(measured.train.0 < 0.1 && measured.test.0 > 1.0, "{measured:?}");
    let spread = measured.spreads.iter().find(|spread| spread.name == "3.weight" && spread.grad);
    assert_eq!(spread.expect("the gradient of a weight").counts.to_vec().iter().sum::<f32>(), 160.0);
    assert_eq!(measured.spreads.len(), 8);
}

#[test]
fn a_drawing_is_learned_where_the_run_stands() {
    let mut player = player(PROGRAM);
    for _ in 0..50 {
        player.step(Unit::OptimizerStep);
        run(&mut player);
    }
    assert_eq!(reads(&player, &image(4)), 4);
    let clock = player.position().clock;
    for _ in 0..60 {
        block_on(player.teach(&image(4), 9)).unwrap_or_else(|why| panic!("{why}"));
    }
    assert_eq!(reads(&player, &image(4)), 9);
    assert!(player.position().clock > clock);
    assert_eq!(player.position().moments.len(), 1);
    // The program goes on, and comes to its end.
    play(&mut player);
    assert_eq!(
        (text(&player.output()).as_str(), player.position().state),
        ("done\n", ProgramState::Finished)
    );
    // At its end it can be taught, too.
    for _ in 0..60 {
        block_on(player.teach(&image(4), 1)).unwrap_or_else(|why| panic!("{why}"));
        block_on(player.catch_up());
    }
    assert_eq!(reads(&player, &image(4)), 1);
    assert!(block_on(played(BY_HAND).teach(&image(4), 9)).is_err_and(|why| why.contains("optimizer")));
}

#[test]
fn a_long_training_can_be_taught_at_its_end() {
    let mut player = played(&PROGRAM.replace("range(60)", "range(700)"));
    assert_eq!(reads(&player, &image(4)), 4);
    for _ in 0..100 {
        block_on(player.teach(&image(4), 1)).unwrap_or_else(|why| panic!("{why}"));
    }
    assert_eq!(reads(&player, &image(4)), 1);
}

#[test]
fn weights_are_taken_along_in_files() {
    let trained = played(PROGRAM);
    let (name, file) =
        block_on(trained.weights(WeightsFile::Safetensors)).unwrap_or_else(|why| panic!("{why}"));
    assert_eq!(name, "model.safetensors");
    let (name, array) =
        block_on(trained.weights(WeightsFile::Array(2))).unwrap_or_else(|why| panic!("{why}"));
    assert_eq!(name, "3.weight.npy");
    let mut fresh = played(&PROGRAM.replace("range(60)", "range(0)"));
    let before = block_on(fresh.read_digits(&[&image(4)])).expect("a model");
    assert!(block_on(fresh.take_weights("w.npy", array)).is_ok());
    assert_ne!(block_on(fresh.read_digits(&[&image(4)])).expect("a model"), before);
    assert!(block_on(fresh.take_weights(&name, file.clone())).is_err());
    block_on(fresh.take_weights("model.safetensors", file)).unwrap_or_else(|why| panic!("{why}"));
    assert_eq!(
        block_on(fresh.read_digits(&[&image(4)])).expect("a model"),
        block_on(trained.read_digits(&[&image(4)])).expect("a model")
    );
    let why = block_on(fresh.take_weights("other.npy", b"no array".to_vec())).expect_err("no array");
    assert!(why.contains("Error"), "{why}");
}

#[test]
fn a_training_is_kept_and_put_back() {
    let trained = played(PROGRAM);
    let kept = block_on(trained.checkpoint()).unwrap_or_else(|why| panic!("{why}"));
    let mut again = player(PROGRAM);
    again.step(Unit::OptimizerStep);
    run(&mut again);
    block_on(again.restore(kept.to_vec(), 60, None)).unwrap_or_else(|why| panic!("{why}"));
    assert_eq!((reads(&again, &image(8)), again.position().steps), (8, 60));
    let mut other = played(CONVOLUTIONS);
    assert!(block_on(other.restore(kept.to_vec(), 60, None)).is_err());
}

/// Runs to the end of so many steps of the optimizer.
fn stepped(text: &str, steps: u32) -> Player {
    let mut player = player(text);
    for _ in 0..steps {
        player.step(Unit::OptimizerStep);
        run(&mut player);
    }
    player
}

#[test]
fn a_training_goes_on_with_the_round_in_which_it_was() {
    const EPOCHS: &str = "\
import torch
w = torch.zeros(1, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=1.0)
schedule = torch.optim.lr_scheduler.StepLR(optimizer, 1, gamma=0.5)
def train(epoch):
    for batch in torch.ones(4).split(1):
        (-w * batch).sum().backward()
        optimizer.step()
        optimizer.zero_grad()
for epoch in range(5):
    train(epoch)
    schedule.step()
    print(epoch, w.item(), optimizer.param_groups[0]['lr'])
";
    let trained = stepped(EPOCHS, 14);
    let round = trained.round().expect("a loop");
    assert_eq!((round.line, round.over), (10, 3));
    let kept = block_on(trained.checkpoint()).unwrap_or_else(|why| panic!("{why}"));
    let mut again = stepped(EPOCHS, 1);
    while !again.can_begin(round) {
        again.step(Unit::Line);
        run(&mut again);
    }
    let begun = block_on(again.restore(kept.to_vec(), 14, Some(round)));
    assert_eq!(begun, Ok(true));
    play(&mut again);
    // Half of round 4 had been done; it begins anew, with the rate that it had.
    assert_eq!(text(&again.output()), "3 7.75 0.0625\n4 8.0 0.03125\n");
    assert_eq!(again.position().state, ProgramState::Finished);
}

#[test]
fn only_loops_around_a_training_that_began_before_them_count() {
    let within = |body: &str| {
        format!("import torch\nfrom torch.optim import SGD\nw = torch.zeros(1, requires_grad=True)\n{body}")
    };
    let step = "w.sum().backward()\n";
    let flat = within(&format!("o = SGD([w], lr=1)\nfor i in range(9):\n    {step}    o.step()\n"));
    let round = stepped(&flat, 3).round().expect("a loop");
    assert_eq!((round.line, round.over), (5, 3));
    let rates = within(&format!(
        "for rate in [1, 2]:\n    o = SGD([w], lr=rate)\n    for i in range(9):\n        {step}        o.step()\n"
    ));
    let round = stepped(&rates, 3).round().expect("the inner loop");
    assert_eq!((round.line, round.over), (6, 3));
    let none = within(&format!("o = SGD([w], lr=1)\nwhile True:\n    {step}    o.step()\n"));
    assert_eq!(stepped(&none, 3).round(), None);
}

#[test]
fn an_image_is_changed_until_it_is_read_wrong() {
    let player = played(PROGRAM);
    let fooled = block_on(player.fool(&image(4), 4, 0.9)).unwrap_or_else(|why| panic!("{why}"));
    assert_ne!(reads(&player, &fooled), 4);
}

#[test]
fn facts_of_a_model() {
    let facts = block_on(played(PROGRAM).describe_model()).unwrap_or_else(|why| panic!("{why}"));
    let kinds: Vec<&str> = facts.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["model", "parameter", "parameter", "parameter", "parameter", "optimizer", "seed"]);
    assert_eq!(facts[1].1, "1.weight\t[16, 784]");
    assert_eq!(facts[6].1, "1");
}

#[test]
fn a_rate_is_changed_while_it_trains() {
    let mut player = player(PROGRAM);
    for _ in 0..20 {
        player.step(Unit::OptimizerStep);
        run(&mut player);
    }
    let before = block_on(player.evaluate(1, "optimizer.param_groups[0]['lr'], limit"));
    assert_eq!(text(&before.output), "(0.01, 5)\n");
    let changed = PROGRAM
        .replace("range(60)", "range(30)")
        .replace("lr=0.01", "lr=0.5")
        .replace("limit = 5", "limit = 7");
    assert!(block_on(player.load_live(2, &changed)));
    let after = block_on(player.evaluate(2, "optimizer.param_groups[0]['lr'], limit"));
    assert_eq!(text(&after.output), "(0.5, 7)\n");
    assert_eq!((player.position().edition, player.position().steps), (2, 20));
    assert!(block_on(player.load_live(3, "for")), "an error leaves the run as it is");
    assert!(!player.diagnostics().is_empty());
    play(&mut player);
    assert_eq!(player.position().steps, 60, "a loop that has begun keeps its range");
    assert!(!block_on(player.load_live(4, PROGRAM)), "nothing is under way");
}
