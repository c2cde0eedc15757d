//! Learning rate schedules against PyTorch, step by step.
#![cfg(not(target_arch = "wasm32"))]

use engine::Error;
use engine::optim::schedule::{
    Cyclic, CyclicMode, Mode, OneCycle, Plateau, Schedule, Scheduler, Sequential, ThresholdMode, WarmRestarts,
};
use engine::optim::{Algorithm, Group, Optimizer, Options, Value};
use serde_json::Value as Json;
use tests::golden::{floats, list, parse, text};
use tests::modes;

fn golden() -> Json {
    parse(include_str!("../golden/schedule.json"))
}

fn optimizer(algorithm: Algorithm, options: &[(&str, Value)]) -> Optimizer {
    let engine = modes::engine(false);
    let group = |lr: f64| {
        let params = vec![engine.zeros(&[1]).expect("a parameter")];
        Group { params, options: Options::new(&[("lr", lr.into())]) }
    };
    Optimizer::with_groups(algorithm, vec![group(0.5), group(0.02)], options).expect("valid")
}

fn sgd() -> Optimizer {
    optimizer(Algorithm::Sgd, &[])
}

#[track_caller]
fn compare(optimizer: &Optimizer, row: &Json, what: &str) {
    let options = &optimizer.groups()[0].options;
    let momentum =
        if options.get("betas").is_some() { options.pair("betas").0 } else { options.float("momentum") };
    let mut found: Vec<f64> = optimizer.groups().iter().map(|g| g.options.float("lr")).collect();
    found.push(momentum);
    for (f, e) in found.iter().zip(floats(row)) {
        assert!((f - e).abs() <= 1e-12 * e.abs() + 1e-18, "{what}: {found:?} against {row}");
    }
}

#[track_caller]
fn follow(name: &str, mut optimizer: Optimizer, schedule: Schedule, factor: Option<fn(i64) -> f64>) {
    let golden = golden();
    let factors = |t: i64| factor.map(|f| vec![f(t)]).unwrap_or_default();
    let mut scheduler = Scheduler::new_by(&mut optimizer, schedule, &factors(0)).expect(name);
    for (t, row) in list(&golden[name]).iter().enumerate() {
        if t > 0 {
            assert_eq!(scheduler.wants_factors(), factor.map(|_| t as i64));
            scheduler.step_by(&mut optimizer, &factors(t as i64)).expect(name);
        }
        compare(&optimizer, row, &format!("{name}, step {t}"));
        assert_eq!(scheduler.last_lr()[1], optimizer.groups()[1].options.float("lr"));
    }
}

#[test]
fn rates_are_those_of_pytorch() {
    use Schedule as S;
    follow("step", sgd(), S::Step { step_size: 4, gamma: 0.3 }, None);
    follow("multi_step", sgd(), S::MultiStep { milestones: vec![3, 7, 7, 12], gamma: 0.5 }, None);
    follow("constant", sgd(), S::Constant { factor: 1.0 / 3.0, total_iters: 5 }, None);
    follow("linear", sgd(), S::Linear { start_factor: 0.25, end_factor: 0.75, total_iters: 8 }, None);
    follow("exponential", sgd(), S::Exponential { gamma: 0.9 }, None);
    follow("polynomial", sgd(), S::Polynomial { total_iters: 10, power: 1.7 }, None);
    follow("cosine", sgd(), S::Cosine { t_max: 7, eta_min: 1e-3 }, None);
    follow("restarts", sgd(), S::WarmRestarts(WarmRestarts::new(3, 2, 1e-3)), None);
    follow("lambda", sgd(), S::Lambda, Some(|t| 0.95f64.powf(t as f64)));
    follow("multiplicative", sgd(), S::Multiplicative, Some(|t| 1.0 / (t as f64).sqrt()));
}

#[test]
fn cycles_move_momentum_too() {
    let momentum = || optimizer(Algorithm::Sgd, &[("momentum", 0.9.into())]);
    follow("one_cycle", momentum(), Schedule::OneCycle(OneCycle::new(1.0, 20)), None);
    let linear = OneCycle {
        max_lr: vec![1.0, 0.1],
        cosine: false,
        three_phase: true,
        pct_start: 0.4,
        ..OneCycle::new(1.0, 20)
    };
    follow("one_cycle_linear", optimizer(Algorithm::Adam, &[]), Schedule::OneCycle(linear), None);
    let flat =
        OneCycle { cycle_momentum: false, div_factor: 5.0, final_div_factor: 10.0, ..OneCycle::new(1.0, 12) };
    follow("one_cycle_flat", sgd(), Schedule::OneCycle(flat), None);
    let cyclic = Cyclic::new(0.01, 0.1);
    let up_and_down = Cyclic { step_size_up: 3.0, step_size_down: 5.0, ..cyclic.clone() };
    follow("cyclic", momentum(), Schedule::Cyclic(up_and_down), None);
    let four = Cyclic { step_size_up: 4.0, step_size_down: 4.0, cycle_momentum: false, ..cyclic };
    let halved = Cyclic { mode: CyclicMode::Triangular2, ..four.clone() };
    follow("cyclic2", sgd(), Schedule::Cyclic(halved), None);
    let fading = Cyclic { mode: CyclicMode::ExpRange, gamma: 0.9, ..four };
    follow("cyclic_exp", sgd(), Schedule::Cyclic(fading), None);
}

#[test]
fn one_schedule_follows_another() {
    let mut optimizer = sgd();
    let mut make = |schedule| Scheduler::new(&mut optimizer, schedule).expect("valid");
    let schedulers = vec![
        make(Schedule::Linear { start_factor: 0.1, end_factor: 1.0, total_iters: 5 }),
        make(Schedule::Cosine { t_max: 8, eta_min: 0.0 }),
        make(Schedule::Exponential { gamma: 0.5 }),
    ];
    let sequence = Schedule::Sequential(Sequential::new(schedulers, vec![5, 12]));
    follow("sequential", optimizer, sequence, None);
}

#[test]
fn a_plateau_lowers_the_rate() {
    let golden = golden();
    let absolute = Plateau {
        patience: 0,
        threshold: 0.05,
        threshold_mode: ThresholdMode::Abs,
        cooldown: 2,
        min_lr: vec![0.01],
        ..Plateau::new(Mode::Max)
    };
    let relative = Plateau { patience: 1, factor: 0.5, ..Plateau::new(Mode::Min) };
    for (name, mut plateau) in [("plateau", relative), ("plateau_abs", absolute)] {
        let mut optimizer = sgd();
        let case = &golden[name];
        for (t, metric) in floats(&case["metrics"]).into_iter().enumerate() {
            plateau.step(&mut optimizer, metric).expect(name);
            compare(&optimizer, &case["rows"][t + 1], &format!("{name}, step {t}"));
        }
    }
}

#[test]
fn warm_restarts_go_to_fractions_of_an_epoch() {
    let golden = golden();
    let mut optimizer = sgd();
    let schedule = Schedule::WarmRestarts(WarmRestarts::new(3, 2, 1e-3));
    let mut scheduler = Scheduler::new(&mut optimizer, schedule).expect("valid");
    let case = &golden["restarts_to"];
    for (t, epoch) in floats(&case["epochs"]).into_iter().enumerate() {
        scheduler.step_to(&mut optimizer, epoch).expect("a step");
        compare(&optimizer, &case["rows"][t + 1], &format!("epoch {epoch}"));
    }
}

fn too_many_steps(optimizer: &mut Optimizer) -> Result<(), Error> {
    let cycle = OneCycle { cycle_momentum: false, ..OneCycle::new(1.0, 3) };
    let mut scheduler = Scheduler::new(optimizer, Schedule::OneCycle(cycle))?;
    (0..10).try_for_each(|_| scheduler.step(optimizer))
}

#[test]
fn options_that_make_no_sense_are_refused_in_pytorchs_words() {
    let texts = golden();
    let cycle = || OneCycle::new(1.0, 5);
    let cases = [
        ("constant", Schedule::Constant { factor: 1.5, total_iters: 5 }),
        ("linear_start", Schedule::Linear { start_factor: 1.5, end_factor: 1.0, total_iters: 5 }),
        ("linear_end", Schedule::Linear { start_factor: 0.5, end_factor: -0.1, total_iters: 5 }),
        ("restarts", Schedule::WarmRestarts(WarmRestarts::new(0, 1, 0.0))),
        ("restarts_mult", Schedule::WarmRestarts(WarmRestarts::new(2, 0, 0.0))),
        ("one_cycle_zero", Schedule::OneCycle(OneCycle { total_steps: 0, ..cycle() })),
        ("one_cycle_momentum", Schedule::OneCycle(cycle())),
        ("one_cycle_pct", Schedule::OneCycle(OneCycle { pct_start: 1.5, ..cycle() })),
        ("one_cycle_lrs", Schedule::OneCycle(OneCycle { max_lr: vec![1.0, 2.0, 3.0], ..cycle() })),
        ("cyclic_momentum", Schedule::Cyclic(Cyclic::new(0.1, 0.2))),
    ];
    for (name, schedule) in cases {
        let expected = text(&texts["errors"][name]);
        let mut optimizer = optimizer(Algorithm::Adagrad, &[]);
        let error = Scheduler::new(&mut optimizer, schedule).expect_err(name);
        assert_eq!(error.to_string(), expected);
    }
    let refused = |name: &str| text(&texts["errors"][name]).to_owned();
    let error = too_many_steps(&mut sgd()).expect_err("the cycle ends");
    assert_eq!(error.to_string(), refused("one_cycle"));
    let plateau = Plateau { factor: 1.0, ..Plateau::new(Mode::Min) };
    assert_eq!(plateau.check(&sgd()).expect_err("a factor").to_string(), refused("plateau"));
    let mut optimizer = sgd();
    let one = Scheduler::new(&mut optimizer, Schedule::Exponential { gamma: 0.5 }).expect("valid");
    let sequence = Schedule::Sequential(Sequential::new(vec![one], vec![3]));
    let error = Scheduler::new(&mut optimizer, sequence).expect_err("a milestone too many");
    assert_eq!(error.to_string(), refused("sequential"));
}
