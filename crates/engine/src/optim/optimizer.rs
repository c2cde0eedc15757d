//! The optimizer that all algorithms share: groups, steps, and what is remembered.

use super::Algorithm;
use super::options::{Options, Value};
use super::state::{State, StateDict};
use crate::error::{Error, Result};
use crate::tensor::Tensor;

/// Parameters that are updated with the same options.
#[derive(Clone, Debug)]
pub struct Group {
    /// The parameters.
    pub params: Vec<Tensor>,
    /// The options; what is not given comes from the optimizer. They may be changed between steps.
    pub options: Options,
}

/// An optimizer of some parameters, which are leaves.
#[derive(Clone, Debug)]
pub struct Optimizer {
    pub(super) algorithm: Algorithm,
    pub(super) defaults: Options,
    pub(super) groups: Vec<Group>,
    pub(super) states: Vec<Vec<State>>,
}

impl Optimizer {
    /// An optimizer of one group.
    ///
    /// # Errors
    /// As for [`with_groups`](Self::with_groups).
    pub fn new(algorithm: Algorithm, params: Vec<Tensor>, options: &[(&str, Value)]) -> Result<Self> {
        if params.is_empty() {
            return Err(Error::Value("optimizer got an empty parameter list".to_owned()));
        }
        let group = Group { params, options: Options::default() };
        Self::with_groups(algorithm, vec![group], options)
    }

    /// `torch.optim.SGD(params, lr)`.
    ///
    /// # Errors
    /// As for [`with_groups`](Self::with_groups).
    pub fn sgd(params: Vec<Tensor>, lr: f64) -> Result<Self> {
        Self::new(Algorithm::Sgd, params, &[("lr", lr.into())])
    }

    /// An optimizer of several groups; `options` are for those that do not say otherwise.
    ///
    /// # Errors
    /// [`Error::Type`] for an option that the algorithm does not have; [`Error::Value`] for one that makes no sense, for no
    /// parameters at all, for one that was computed, and for one that is in two groups.
    pub fn with_groups(algorithm: Algorithm, groups: Vec<Group>, options: &[(&str, Value)]) -> Result<Self> {
        let mut defaults = algorithm.defaults();
        for &(name, value) in options {
            if defaults.get(name).is_none() {
                let class = algorithm.name();
                return Err(Error::Type(format!(
                    "{class}.__init__() got an unexpected keyword argument '{name}'"
                )));
            }
            defaults.set(name, value);
        }
        (algorithm.rule().check)(&defaults)?;
        if groups.is_empty() {
            return Err(Error::Value("optimizer got an empty parameter list".to_owned()));
        }
        let mut optimizer = Self { algorithm, defaults, groups: Vec::new(), states: Vec::new() };
        for group in groups {
            optimizer.add_param_group(group)?;
        }
        Ok(optimizer)
    }

    /// Adds parameters to be updated from now on.
    ///
    /// # Errors
    /// [`Error::Value`], as for [`with_groups`](Self::with_groups).
    pub fn add_param_group(&mut self, mut group: Group) -> Result<()> {
        if group.params.iter().any(|p| !p.is_leaf()) {
            return Err(Error::Value("can't optimize a non-leaf Tensor".to_owned()));
        }
        for (name, default) in self.defaults.iter() {
            let missing = group.options.get(name).is_none();
            if missing && default == Value::Required {
                return Err(Error::Value(format!(
                    "parameter group didn't specify a value of required optimization parameter {name}"
                )));
            }
            if missing {
                group.options.set(name, default);
            }
        }
        let known = |p: &Tensor| self.groups.iter().flat_map(|g| &g.params).any(|q| q.same_as(p));
        if group.params.iter().any(known) {
            return Err(Error::Value("some parameters appear in more than one parameter group".to_owned()));
        }
        self.states.push(vec![State::default(); group.params.len()]);
        self.groups.push(group);
        Ok(())
    }

    /// Which algorithm updates.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The options that groups have unless they say otherwise.
    pub fn defaults(&self) -> &Options {
        &self.defaults
    }

    /// The groups: `optimizer.param_groups`.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The options of a group, to be changed; `None` if there is no such group.
    pub fn options_mut(&mut self, group: usize) -> Option<&mut Options> {
        self.groups.get_mut(group).map(|group| &mut group.options)
    }

    /// The options of every group with its number, to be changed.
    pub(super) fn each_options(&mut self) -> impl Iterator<Item = (usize, &mut Options)> {
        self.groups.iter_mut().map(|group| &mut group.options).enumerate()
    }

    /// The learning rate of the first group.
    pub fn lr(&self) -> f64 {
        self.groups.first().map_or(0.0, |group| group.options.float("lr"))
    }

    /// Sets the learning rate of all groups.
    pub fn set_lr(&mut self, lr: f64) {
        for group in &mut self.groups {
            group.options.set("lr", lr);
        }
    }

    /// What is remembered of a parameter: `optimizer.state[p]`.
    pub fn state(&self, group: usize, param: usize) -> Option<&State> {
        self.states.get(group)?.get(param)
    }

    /// Clears the gradients. With `set_to_none` there are none afterwards, else those that there were become zeros.
    ///
    /// # Errors
    /// What the engine says to a tensor of zeros.
    pub fn zero_grad(&self, set_to_none: bool) -> Result<()> {
        self.groups.iter().flat_map(|group| &group.params).try_for_each(|p| clear(p, set_to_none))
    }

    /// One update of all parameters that have a gradient.
    ///
    /// # Errors
    /// What the backend says.
    pub fn step(&mut self) -> Result<()> {
        for (group, states) in self.groups.iter().zip(&mut self.states) {
            for (param, state) in group.params.iter().zip(states) {
                self.algorithm.update(param, &group.options, state)?;
            }
        }
        Ok(())
    }

    /// All options and everything that is remembered. The tensors are not copied.
    pub fn state_dict(&self) -> StateDict {
        let mut dict = StateDict::default();
        let mut next = 0;
        for (group, states) in self.groups.iter().zip(&self.states) {
            let numbers: Vec<usize> = (next..next + group.params.len()).collect();
            next += group.params.len();
            let known = numbers.iter().copied().zip(states.iter().cloned());
            dict.state.extend(known.filter(|(_, state)| !state.is_empty()));
            dict.param_groups.push((group.options.clone(), numbers));
        }
        dict
    }

    /// Takes over options and memory from a dictionary; tensors are copied.
    ///
    /// # Errors
    /// [`Error::Value`] if its groups are not as many or not as large as those here.
    pub fn load_state_dict(&mut self, dict: &StateDict) -> Result<()> {
        if dict.param_groups.len() != self.groups.len() {
            let text = "loaded state dict has a different number of parameter groups";
            return Err(Error::Value(text.to_owned()));
        }
        let pairs = || self.groups.iter().zip(&dict.param_groups);
        if pairs().any(|(group, (_, numbers))| group.params.len() != numbers.len()) {
            let text = "loaded state dict contains a parameter group that doesn't match the size of optimizer's group";
            return Err(Error::Value(text.to_owned()));
        }
        let mut states = Vec::with_capacity(self.groups.len());
        for (group, (_, numbers)) in pairs() {
            let find = |number: &usize| dict.state.iter().find(|(n, _)| n == number);
            let load = |(param, number): (&Tensor, &usize)| {
                find(number).map_or_else(|| Ok(State::default()), |(_, state)| state.copied_for(param))
            };
            states.push(group.params.iter().zip(numbers).map(load).collect::<Result<Vec<_>>>()?);
        }
        self.states = states;
        for (group, (options, _)) in self.groups.iter_mut().zip(&dict.param_groups) {
            group.options = options.clone();
        }
        Ok(())
    }
}

/// Clears the gradient of one tensor. Zeros are a new tensor, in case something else holds the old gradient.
pub(crate) fn clear(p: &Tensor, set_to_none: bool) -> Result<()> {
    let zeros = match p.grad() {
        Some(g) if !set_to_none => Some(p.engine().full(g.shape(), 0.0, g.dtype())?),
        Some(_) | None => None,
    };
    p.set_grad(zeros);
    Ok(())
}

/// As PyTorch prints it: the options of each group in alphabetical order.
impl std::fmt::Display for Optimizer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{} (", self.algorithm.name())?;
        for (i, group) in self.groups.iter().enumerate() {
            let between = if i > 0 { "\n" } else { "" };
            writeln!(f, "{between}Parameter Group {i}")?;
            let mut options: Vec<(&str, Value)> = Vec::new();
            for option in group.options.iter() {
                options.insert(options.partition_point(|before| before.0 < option.0), option);
            }
            for (name, value) in options {
                writeln!(f, "    {name}: {value}")?;
            }
        }
        f.write_str(")")
    }
}
