//! Where a machine stops.

use lang::{Event, Limits, Machine, Request, Stops};

const TRAINING: &str = "\
import torch
w = torch.ones(2, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.1)
for i in range(3):
    optimizer.zero_grad()
    loss = (w * 2).sum()
    loss.backward()
    optimizer.step()
with torch.no_grad():
    a = w + 1
    b = a * a
print('done')
";

/// What a program stops at.
fn told(text: &str, stops: &Stops) -> Vec<Event> {
    let mut machine = Machine::new(crate::engine(), Limits::default());
    assert!(machine.load(text).is_ok(), "{text}");
    let mut told = Vec::new();
    loop {
        match machine.run(u64::MAX, stops) {
            Event::Need => match machine.request() {
                Some(Request::Value(wait)) => machine.provide(pollster::block_on(wait.settle())),
                _ => panic!("nothing else is needed"),
            },
            Event::Finished(_) => return told,
            Event::Failed(traceback) => panic!("{}", traceback.text),
            event => told.push(event),
        }
    }
}

fn steps(text: &str) -> usize {
    let stops = Stops { optimizer: true, ..Stops::default() };
    told(text, &stops).iter().filter(|event| matches!(event, Event::OptimizerStep)).count()
}

#[test]
fn it_stops_after_each_step_of_an_optimizer() {
    assert_eq!(steps(TRAINING), 3);
}

#[test]
fn a_step_that_the_program_wrote_counts_once() {
    let own = "\
import torch
class Plain(torch.optim.Optimizer):
    def __init__(self, params):
        super().__init__(params, {})
    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for p in group['params']:
                p -= p.grad
class Loud(torch.optim.SGD):
    def step(self, closure=None):
        super().step(closure)
        print('stepped')
w = torch.ones(2, requires_grad=True)
(w * w).sum().backward()
for kind in (Plain([w]), Loud([w], lr=0.5), torch.optim.Adam([w]), torch.optim.LBFGS([w])):
    def closure():
        kind.zero_grad()
        loss = (w * w).sum()
        loss.backward()
        return loss
    kind.step(closure)
";
    assert_eq!(steps(own), 4);
}

#[test]
fn a_machine_counts_the_steps_of_its_optimizers() {
    let mut machine = Machine::new(crate::engine(), Limits::default());
    assert!(machine.load(TRAINING).is_ok());
    while !matches!(machine.run(u64::MAX, &Stops::default()), Event::Finished(_) | Event::Failed(_)) {}
    assert_eq!(machine.optimizer_steps(), 3);
    assert_eq!(machine.clone().optimizer_steps(), 3);
}

#[test]
fn ops_that_are_not_recorded_stop_it_too() {
    let text = "import torch\nx = torch.ones(2)\ny = x + 1\nw = torch.ones(2, requires_grad=True)\nz = w * 2\nwith torch.no_grad():\n    v = w * 3\n";
    let stops = Stops { ops: true, ..Stops::default() };
    let recorded: Vec<u64> = told(text, &stops)
        .iter()
        .filter_map(|event| if let Event::Ops(first, end) = event { Some(end - first) } else { None })
        .collect();
    assert_eq!(recorded, [0, 1, 0], "x + 1, w * 2 and w * 3; only the second is recorded");
}
