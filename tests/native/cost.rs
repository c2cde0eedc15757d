//! What steps cost, in numbers that nothing else on the machine can change: allocations, kernels, instructions of
//! programs, and bytes that are sent to the page.
#![cfg(not(target_arch = "wasm32"))]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::rc::Rc;

use backend_cpu::CpuBackend;
use engine::optim::Optimizer;
use engine::{DType, Engine, HostData, Result, Tensor, nn};
use lang::{Event, Limits, Machine, Stops};
use playground::{Halt, Player};
use tests::modes;

thread_local! {
    /// The allocations of this thread.
    static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
}

/// The system's allocator, which counts.
struct Counting;

// SAFETY: everything is handed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: the caller keeps the contract.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract, and `at` came from the system's allocator.
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// The allocations of a call.
fn allocations<T>(call: impl FnOnce() -> T) -> (u64, T) {
    let before = ALLOCATIONS.get();
    let result = call();
    (ALLOCATIONS.get() - before, result)
}

fn noise(engine: &Engine, shape: &[usize]) -> Result<Tensor> {
    engine.randn(shape, DType::Float32)?.mul(0.1)
}

fn parameter(engine: &Engine, shape: &[usize]) -> Result<Tensor> {
    let parameter = noise(engine, shape)?;
    parameter.requires_grad_(true)?;
    Ok(parameter)
}

/// A step of training a network of these layer sizes with ReLU on a batch of 16 with SGD.
fn network(engine: &Engine, sizes: &[usize]) -> Result<impl FnMut() -> Result<()> + use<>> {
    let layer = |io: &[usize]| Ok((parameter(engine, &[io[1], io[0]])?, parameter(engine, &[io[1]])?));
    let layers = sizes.windows(2).map(layer).collect::<Result<Vec<_>>>()?;
    let all = layers.iter().flat_map(|(weight, bias)| [weight.clone(), bias.clone()]).collect();
    let mut sgd = Optimizer::sgd(all, 0.1)?;
    let images = noise(engine, &[16, sizes[0]])?;
    let labels = engine.tensor(HostData::Int64((0..16).map(|i| i % 10).collect()), &[16])?;
    let engine = engine.clone();
    Ok(move || {
        sgd.zero_grad(true)?;
        let mut x = images.clone();
        for (i, (weight, bias)) in layers.iter().enumerate() {
            x = nn::linear(&if i == 0 { x } else { x.relu()? }, weight, bias)?;
        }
        nn::cross_entropy(&x, &labels)?.backward()?;
        sgd.step()?;
        engine.flush()
    })
}

#[test]
fn a_step_of_training_takes_so_many_kernels_and_allocations() -> Result<()> {
    /// Layer sizes, then the most kernels and allocations of a step, eager and fused.
    type Case = (&'static [usize], [(usize, u64); 2]);
    let cases: [Case; 2] = [(&[784, 10], [(10, 230), (7, 235)]), (&[784, 128, 10], [(22, 475), (15, 480)])];
    for (sizes, bounds) in cases {
        for (engine, (most_kernels, most_allocations)) in modes::both().iter().zip(bounds) {
            let mut step = network(engine, sizes)?;
            for _ in 0..5 {
                step()?;
            }
            let (count, done) = allocations(&mut step);
            done?;
            engine.trace(true);
            step()?;
            let kernels = engine.trace(false).len();
            let (what, found) = (engine.is_fused(), (kernels, count));
            assert!(kernels <= most_kernels, "{sizes:?}, fused: {what}: {found:?}");
            assert!(count <= most_allocations, "{sizes:?}, fused: {what}: {found:?}");
        }
    }
    Ok(())
}

/// Allocations of recording `n` nodes and computing them, and of going back along them.
fn tape(engine: &Engine, n: usize) -> Result<[u64; 2]> {
    let w = parameter(engine, &[8])?;
    let (record, last) = allocations(|| -> Result<Tensor> {
        let mut x = noise(engine, &[8])?;
        for _ in 0..n {
            x = x.mul(&w)?.tanh()?;
        }
        engine.flush()?;
        x.sum(&[], false)
    });
    let last = last?;
    let (backward, done) = allocations(|| last.backward().and_then(|()| engine.flush()));
    done?;
    Ok([record, backward])
}

/// Fails where a tenfold size costs more than ten times as much, and a little.
#[track_caller]
fn is_linear(what: &str, costs: &[(usize, u64)]) {
    for pair in costs.windows(2) {
        let ((small, cheap), (large, dear)) = (pair[0], pair[1]);
        assert!(dear * small as u64 * 10 <= cheap * large as u64 * 11, "{what}: {costs:?}");
    }
}

#[test]
fn a_long_tape_costs_as_much_a_node_as_a_short_one() -> Result<()> {
    for engine in modes::both() {
        // What is kept for reuse is there.
        tape(&engine, 10_000)?;
        let costs = [100, 1000, 10_000]
            .into_iter()
            .map(|n| Ok((n, tape(&engine, n)?)))
            .collect::<Result<Vec<_>>>()?;
        for (i, what) in ["recording", "backward"].into_iter().enumerate() {
            let costs: Vec<_> = costs.iter().map(|(n, cost)| (*n, cost[i])).collect();
            is_linear(&format!("{what}, fused: {}", engine.is_fused()), &costs);
        }
    }
    Ok(())
}

#[test]
fn a_view_of_a_view_costs_as_much_as_a_view() -> Result<()> {
    for engine in modes::both() {
        let mut costs = Vec::new();
        for n in [100, 1000, 10_000] {
            let mut x = noise(&engine, &[2, 3])?;
            let (cost, done) = allocations(|| (0..n).try_for_each(|_| x.t().map(|turned| x = turned)));
            done?;
            costs.push((n, cost));
        }
        is_linear("views", &costs);
    }
    Ok(())
}

/// A program that records two nodes in each of `n` rounds.
fn rounds(n: usize) -> String {
    format!(
        "import torch\nx = torch.ones(3, requires_grad=True)\ny = x\n\
         for i in range({n}):\n    y = torch.tanh(y * 1.01)\ny.sum().backward()\n"
    )
}

fn played(text: &str) -> Player {
    let mut player = Player::new(Engine::new(Rc::new(CpuBackend::new())), None, || 0.0);
    assert!(player.load(1, text), "{:?}", player.diagnostics());
    player.go();
    while player.is_running() {
        assert!(player.slice(1000.0) != Halt::Need, "the program asks for nothing");
    }
    pollster::block_on(player.catch_up());
    player
}

#[test]
fn a_graph_of_many_nodes_costs_as_much_a_node_as_one_of_few() {
    let (mut work, mut bytes) = (Vec::new(), Vec::new());
    for n in [9, 90, 900] {
        let player = played(&rounds(n));
        let (count, (graph, _)) = allocations(|| pollster::block_on(player.graph()));
        assert!(graph.nodes.len() > 2 * n, "{} nodes for {n} rounds", graph.nodes.len());
        work.push((n, count));
        bytes.push((n, serde_json::to_vec(&graph).expect("it is plain data").len() as u64));
    }
    is_linear("allocations of a graph", &work);
    is_linear("bytes of a graph", &bytes);
}

#[test]
fn a_step_of_a_program_takes_so_many_instructions() {
    let text = |steps: usize| {
        format!(
            "import torch\nmodel = torch.nn.Linear(4, 3)\noptimizer = torch.optim.SGD(model.parameters(), lr=0.1)\n\
             for i in range({steps}):\n    optimizer.zero_grad()\n    loss = model(torch.ones(2, 4)).pow(2).mean()\n    \
             loss.backward()\n    optimizer.step()\n"
        )
    };
    let clock = |steps: usize| {
        let mut machine = Machine::new(modes::engine(true), Limits::default());
        machine.load(&text(steps)).expect("it has no errors");
        let ended = machine.run(u64::MAX / 2, &Stops::default());
        assert!(matches!(ended, Event::Finished(_)), "it does not end");
        machine.clock()
    };
    let step = (clock(30) - clock(10)) / 20;
    assert!(step <= 120, "{step} instructions a step");
}
