//! What a program can hold and change, as one thing to be copied, and random steps that it takes.

use engine::autograd::function::{Backward as FunctionBackward, Context};
use engine::autograd::{Backward, Event, Options, backward_walk};
use engine::optim::{Algorithm, Optimizer};
use engine::{DType, Engine, EngineState, Error, Fork, Hook, HookHandle, Result, Tensor};
use tests::case::noise;

/// Draws numbers below `n`.
pub struct Dice(Box<dyn FnMut() -> f64>);

impl Dice {
    pub fn new(seed: u64) -> Self {
        let mut noise = noise(seed);
        noise();
        Self(Box::new(noise))
    }

    pub fn below(&mut self, n: usize) -> usize {
        ((((self.0)() + 1.0) / 2.0 * n as f64) as usize).min(n.saturating_sub(1))
    }

    fn pick<'a>(&mut self, all: &'a [Tensor]) -> &'a Tensor {
        &all[self.below(all.len())]
    }

    fn numbers(&mut self, n: usize) -> Vec<f32> {
        (0..n).map(|_| (self.0)() as f32).collect()
    }
}

/// A running program.
pub struct Machine {
    pub engine: Engine,
    pub state: EngineState,
    pub tensors: Vec<Tensor>,
    pub optimizers: Vec<Optimizer>,
    pub walk: Option<Backward>,
    pub handles: Vec<HookHandle>,
}

impl Machine {
    pub fn new(engine: &Engine, seed: u64) -> Result<Self> {
        let mut dice = Dice::new(seed);
        let mut leaves = Vec::new();
        for shape in [&[2, 3][..], &[3], &[2, 1], &[]] {
            let t = engine.tensor(dice.numbers(shape.iter().product()), shape)?;
            t.requires_grad_(true)?;
            leaves.push(t);
        }
        let algorithm = Algorithm::ALL[dice.below(Algorithm::ALL.len())];
        let optimizer = Optimizer::new(algorithm, leaves.clone(), &[("lr", 0.05.into())])?;
        let mut tensors: Vec<Tensor> = leaves.iter().map(|t| t.mul(1.0)).collect::<Result<_>>()?;
        tensors.extend(leaves);
        tensors.push(engine.full(&[2, 3], 0.5, DType::Float32)?);
        let (optimizers, state) = (vec![optimizer], engine.state());
        Ok(Self { engine: engine.clone(), state, tensors, optimizers, walk: None, handles: Vec::new() })
    }

    pub fn fork(&self) -> Self {
        let mut fork = Fork::new();
        Self {
            engine: self.engine.clone(),
            state: self.state.clone(),
            handles: self.handles.iter().map(|handle| fork.hook_handle(handle)).collect(),
            walk: self.walk.as_ref().map(|walk| fork.backward(walk)),
            tensors: self.tensors.iter().map(|t| fork.tensor(t)).collect(),
            optimizers: self.optimizers.iter().map(|optimizer| fork.optimizer(optimizer)).collect(),
        }
    }

    /// One step. Gives back what can be told of it.
    pub fn step(&mut self, dice: &mut Dice) -> String {
        self.engine.set_state(&self.state);
        let outcome = self.dare(dice);
        self.state = self.engine.state();
        format!("{outcome:?}")
    }

    fn dare(&mut self, dice: &mut Dice) -> Result<String> {
        let x = dice.pick(&self.tensors).clone();
        match dice.below(16) {
            0..4 => {
                let t = self.compute(&x, dice)?;
                self.keep(t, dice);
            }
            4 | 5 => {
                let t = if dice.below(2) == 0 { x.slice(0, 1, i64::MAX, 1)? } else { x.reshape(&[-1])? };
                self.keep(t, dice);
            }
            6 | 7 => self.write(&x, dice)?,
            8 => x.sum(&[], false)?.backward_with(
                None,
                Options { retain_graph: true, create_graph: dice.below(3) == 0, ..Options::default() },
            )?,
            9 | 10 => {
                let root = x.sin()?.sum(&[], false)?;
                self.walk =
                    backward_walk(&[&root], &[], None, Options { retain_graph: true, ..Options::default() })?;
            }
            11 => self.go_on(1 + dice.below(5))?,
            12 => self.optimizers.iter_mut().try_for_each(Optimizer::step)?,
            13 => self.optimizers.iter().try_for_each(|o| o.zero_grad(dice.below(2) == 0))?,
            14 => x.retain_grad()?,
            _ => {
                let double = Hook::Closure(std::rc::Rc::new(|g: &Tensor| g.mul(2.0).map(Some)));
                let hook = if dice.below(2) == 0 { double } else { Hook::Outside(dice.below(9) as u64) };
                self.handles.push(x.register_hook(hook)?);
                if dice.below(3) == 0 {
                    self.handles[dice.below(self.handles.len())].remove();
                }
            }
        }
        Ok(String::new())
    }

    fn compute(&self, x: &Tensor, dice: &mut Dice) -> Result<Tensor> {
        let y = dice.pick(&self.tensors);
        match dice.below(8) {
            0 => x.mul(y)?.tanh(),
            1 => x.add(&y.exp()?)?.sigmoid(),
            2 => x.detach().mul(y),
            3 => Ok(x.data()),
            4 => x.add(&self.engine.rand(&[3], DType::Float32)?),
            5 => square(&self.engine, x),
            6 => self.engine.no_grad(|| x.sub(y)),
            _ => x.cumsum(0)?.sin(),
        }
    }

    fn write(&self, x: &Tensor, dice: &mut Dice) -> Result<()> {
        let y = dice.pick(&self.tensors);
        match dice.below(6) {
            0 => x.add_(y, 0.5),
            1 => x.mul_(0.5),
            2 => self.engine.no_grad(|| x.copy_(y)),
            3 => x.select(0, 0)?.fill_(0.75),
            4 => x.detach().uniform_(-1.0, 1.0),
            _ => x.tanh_(),
        }
    }

    fn keep(&mut self, t: Tensor, dice: &mut Dice) {
        if self.tensors.len() < 16 {
            self.tensors.push(t);
        } else {
            let place = dice.below(self.tensors.len());
            self.tensors[place] = t;
        }
    }

    /// Takes some steps of the pass under way, and answers what it asks.
    fn go_on(&mut self, steps: usize) -> Result<()> {
        for _ in 0..steps {
            let Some(walk) = &mut self.walk else { return Ok(()) };
            match walk.step() {
                Ok(None) => self.walk = None,
                Ok(Some(Event::Node(_) | Event::Leaf(_))) => {}
                Ok(Some(Event::Hook(call))) => {
                    let answer = call.gradient.mul(call.token as f64)?;
                    walk.resume_hook("hook", Some(&answer))?;
                }
                Ok(Some(Event::Function(call))) => {
                    let saved = call.context.saved_tensors()?;
                    let (Some(Some(x)), Some(Some(g))) = (saved.first(), call.gradients.first()) else {
                        return Err(Error::Internal("the function saved its input".to_owned()));
                    };
                    walk.resume_function(vec![Some(g.mul(&x.mul(2.0)?)?)])?;
                }
                Err(error) => {
                    self.walk = None;
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    /// All that can be seen, to the last bit. Views come up to date by that, which is a step too.
    pub fn show(&mut self) -> Vec<String> {
        self.engine.set_state(&self.state);
        let seen = self.look();
        self.state = self.engine.state();
        seen
    }

    fn look(&self) -> Vec<String> {
        let values = |t: &Tensor| {
            let values = pollster::block_on(t.read()).map(|data| data.to_f64());
            values.map(|v| v.iter().map(|x| x.to_bits()).collect::<Vec<_>>())
        };
        let one = |t: &Tensor| {
            let base = t.base().map(|base| self.tensors.iter().position(|other| other.same_as(&base)));
            let past = t.grad_fn().map(|node| (node.seq(), node.grad_fn()));
            let grad = t.grad().map(|g| (values(&g), g.grad_fn().map(|node| node.seq())));
            let kind = (t.shape().to_vec(), t.dtype(), t.version(), t.is_leaf(), t.retains_grad());
            format!("{kind:?} {:?} {past:?} {base:?} {grad:?}", values(t))
        };
        let mut all: Vec<String> = self.tensors.iter().map(one).collect();
        for optimizer in &self.optimizers {
            let dict = optimizer.state_dict();
            let entries =
                dict.state.iter().flat_map(|(n, state)| state.iter().map(move |(name, e)| (n, name, e)));
            all.extend(entries.map(|(n, name, entry)| match entry {
                engine::optim::Entry::Number(x) => format!("{n} {name} {x}"),
                engine::optim::Entry::Tensor(t) => format!("{n} {name} {:?}", values(t)),
            }));
        }
        all.push(format!("{:?}", self.walk.as_ref().map(Backward::captured)));
        all
    }
}

/// x², by a function whose gradient the engine cannot compute.
fn square(engine: &Engine, x: &Tensor) -> Result<Tensor> {
    let context = Context::begin(engine, &[x]);
    let y = engine.no_grad(|| x.mul(x))?;
    context.save_for_backward(&[Some(x)]);
    let outputs = context.finish("Square", FunctionBackward::Outside(1), &[y])?;
    outputs.into_iter().next().ok_or_else(|| Error::Internal("one output".to_owned()))
}
