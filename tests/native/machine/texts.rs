//! A run that goes on under another text.

use lang::{Event, Limits, Machine, Refusal, Stops};

/// A machine that has stopped so many times before a line, counted from 1.
fn stopped(text: &str, line: u32, times: usize) -> Machine {
    let mut machine = Machine::new(crate::engine(), Limits::default());
    assert!(machine.load(text).is_ok(), "{text}");
    let stops = Stops { breakpoints: vec![line], ..Stops::default() };
    let mut left = times;
    while left > 0 {
        match machine.run(u64::MAX, &stops) {
            Event::Line(_) => left -= 1,
            Event::Print(_) => {}
            _ => panic!("it does not come to line {line} of\n{text}"),
        }
    }
    machine
}

/// What it prints from here on.
fn rest(mut machine: Machine) -> String {
    let mut printed = String::new();
    loop {
        match machine.run(u64::MAX, &Stops::default()) {
            Event::Print(text) => printed.push_str(&text),
            Event::Finished(_) => return printed,
            _ => panic!("it has not come to its end: {printed}"),
        }
    }
}

/// What is printed from there on, if the text is another from there on.
fn goes_on(old: &str, line: u32, times: usize, new: &str) -> String {
    let machine = stopped(old, line, times);
    let before = rest(machine.clone());
    let fork = match machine.fork_under(new) {
        Ok(fork) => fork,
        Err(refusal) => panic!("{refusal:?} for\n{new}"),
    };
    let after = rest(fork);
    assert_eq!(rest(machine), before, "the run itself is as it was");
    after
}

fn refused(old: &str, line: u32, times: usize, new: &str) -> Refusal {
    stopped(old, line, times).fork_under(new).err().unwrap_or_else(|| panic!("{new} is taken"))
}

const LOOP: &str = "\
w = 0
rate = 1
for i in range(4):
    w = w + rate
    print(i, w)
print('done', w)
";

#[test]
fn statements_that_have_not_run_are_those_of_the_new_text() {
    let new = LOOP.replace("w + rate", "w + 10 * rate");
    assert_eq!(goes_on(LOOP, 4, 3, &new), "2 12\n3 22\ndone 22\n");
    assert_eq!(goes_on(LOOP, 5, 1, &new), "0 1\n1 11\n2 21\n3 31\ndone 31\n");
}

#[test]
fn what_has_run_stays_as_it_was() {
    assert_eq!(goes_on(LOOP, 4, 4, &LOOP.replace("rate = 1", "rate = 100")), "3 4\ndone 4\n");
    assert_eq!(goes_on(LOOP, 4, 4, &LOOP.replace("range(4)", "range(9)")), "3 4\ndone 4\n");
}

#[test]
fn statements_come_and_go_around_the_one_that_is_next() {
    let new = LOOP
        .replace("rate = 1\n", "# a comment\nrate = 1\nother = 2\n")
        .replace("    print(i, w)\n", "    w += 5\n    if w > 20:\n        break\n    print(i, w, 'new')\n");
    assert_eq!(goes_on(LOOP, 4, 2, &new), "1 7 new\n2 13 new\n3 19 new\ndone 19\n");
    assert_eq!(goes_on(LOOP, 4, 4, &LOOP.replace("    print(i, w)\n", "")), "done 4\n");
}

#[test]
fn functions_and_methods_that_exist_have_their_new_bodies() {
    let old = "\
class Net:
    def __init__(self):
        self.scale = 2
    def forward(self, x):
        return x * self.scale
def outer(k):
    def inner(x):
        return x + k
    return inner
net, add = Net(), outer(3)
for i in range(3):
    print(net.forward(i), add(i), [j * 2 for j in range(i)])
";
    let new = old
        .replace("x * self.scale", "-x * self.scale")
        .replace("x + k", "x + k * 100")
        .replace("j * 2", "j + 7");
    assert_eq!(goes_on(old, 12, 2, &new), "-2 301 [7]\n-4 302 [7, 8]\n");
}

#[test]
fn a_function_that_is_running_goes_on_in_its_new_body() {
    let old = "\
def f(n):
    total = 0
    for k in range(n):
        total += k
    return total
print(f(3))
print(f(3))
";
    let new = old.replace("        total += k\n", "        total += k + 1\n        extra = total\n");
    // One pass of its loop has run before.
    assert_eq!(goes_on(old, 4, 2, &new), "5\n6\n");
    let captured = old.replace("    return total\n", "    g = lambda: total\n    return g()\n");
    assert_eq!(goes_on(old, 4, 2, &captured), "3\n3\n", "a local that becomes a cell keeps its value");
}

#[test]
fn generators_and_blocks_that_are_open_stay_open() {
    let old = "\
def numbers():
    try:
        for n in range(9):
            yield n
    except KeyError:
        pass
for n in numbers():
    try:
        if n == 2:
            raise ValueError(n)
        print(n)
    except ValueError as e:
        print('caught', e)
        break
";
    let new = old
        .replace("yield n\n", "yield n\n            print('between')\n")
        .replace("'caught'", "'new'")
        .replace("        print(n)\n", "        n *= 10\n        print(n)\n");
    assert_eq!(goes_on(old, 11, 2, &new), "1\nbetween\nnew 2\n");
}

#[test]
fn a_training_goes_on_with_another_loss() {
    let old = "\
import torch
w = torch.tensor([4.0], requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.5)
for step in range(4):
    loss = (w ** 2).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(step, w.item())
";
    let new = old.replace("(w ** 2).sum()", "(w - 3).abs().sum()");
    let mut machine = stopped(old, 5, 2).fork_under(&new).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    let mut printed = String::new();
    loop {
        match machine.run(u64::MAX, &Stops::default()) {
            Event::Print(text) => printed.push_str(&text),
            Event::Need => match machine.request() {
                Some(lang::Request::Value(wait)) => machine.provide(pollster::block_on(wait.settle())),
                _ => panic!("nothing else is needed"),
            },
            Event::Finished(_) => break,
            _ => panic!("it has not come to its end: {printed}"),
        }
    }
    assert_eq!(printed, "1 0.5\n2 1.0\n3 1.5\n");
}

#[test]
fn it_says_why_a_text_cannot_take_over() {
    let place = |refusal| match refusal {
        Refusal::NoPlace(reason) => reason,
        Refusal::Syntax(errors) => panic!("{errors:?}"),
    };
    let gone = place(refused(LOOP, 5, 2, &LOOP.replace("    print(i, w)\n", "")));
    assert!(gone.contains("line 5"), "{gone}");
    let unlooped = place(refused(LOOP, 4, 2, "w = 0\nrate = 1\nw = w + rate\n"));
    assert!(unlooped.contains("line 4"), "{unlooped}");
    let syntax = refused(LOOP, 4, 2, "for for\n");
    assert!(matches!(syntax, Refusal::Syntax(errors) if !errors.is_empty()));
    let within = "def f(x):\n    return x\nprint(f(1) + f(2))\n";
    let begun = place(refused(within, 2, 1, "def f(x):\n    return x\nprint(f(1) + f(2) + 3)\n"));
    assert!(begun.contains("line 3"), "{begun}");
    let other = place(refused(within, 3, 1, "def f(x, y=2):\n    return x\nprint(f(1) + f(2))\n"));
    assert!(other.contains("f() takes other parameters"), "{other}");
    let mut ended = stopped(LOOP, 6, 1);
    while !matches!(ended.run(u64::MAX, &Stops::default()), Event::Finished(_)) {}
    assert!(place(ended.fork_under(LOOP).err().expect("it has ended")).contains("ended"));
}
