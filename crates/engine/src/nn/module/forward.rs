//! Making modules that have parameters, and running them.

use super::super::loss;
use super::{Kind, Loss, Module};
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::layout::wrap_dim;
use crate::nn::ClassLoss;
use crate::random::{Generator, linear_init};
use crate::tensor::Tensor;

impl Module {
    /// `Linear(in_features, out_features, bias)` with PyTorch's initial values, drawn in its order.
    ///
    /// # Errors
    /// What the backend says.
    pub fn linear(
        engine: &Engine,
        generator: &mut Generator,
        in_features: usize,
        out_features: usize,
        bias: bool,
    ) -> Result<Self> {
        crate::layout::checked_numel(&[out_features, in_features])?;
        // Without a bias nothing is drawn for one.
        let mut ahead = generator.clone();
        let (weight, values) = linear_init(&mut ahead, in_features, out_features);
        if bias {
            *generator = ahead;
        } else {
            for _ in 0..weight.len() {
                generator.random();
            }
        }
        let module = Self::new(Kind::Linear { in_features, out_features, bias });
        let leaf = |values: Vec<f32>, shape: &[usize]| {
            let p = engine.tensor(values, shape)?;
            p.requires_grad_(true)?;
            Ok::<_, Error>(p)
        };
        module.set_parameter("weight", Some(leaf(weight, &[out_features, in_features])?));
        module.set_parameter("bias", if bias { Some(leaf(values, &[out_features])?) } else { None });
        Ok(module)
    }

    /// Runs it: losses take an input and a target, everything else takes one tensor.
    ///
    /// # Errors
    /// What its function says; [`Error::Shape`] for a module without a forward and for missing inputs.
    pub fn forward(&self, inputs: &[&Tensor]) -> Result<Tensor> {
        let [x, rest @ ..] = inputs else { return Err(self.lacks("input")) };
        match self.kind() {
            Kind::Linear { .. } => {
                let weight = self.parameter("weight").ok_or_else(|| self.lacks("weight"))?;
                let product = x.matmul(&weight.t()?)?;
                self.parameter("bias").map_or_else(|| Ok(product.clone()), |bias| product.add(&bias))
            }
            Kind::Flatten { start_dim, end_dim } => {
                let (start, end) = (wrap_dim(*start_dim, x.ndim())?, wrap_dim(*end_dim, x.ndim())?);
                if start > end {
                    let text = "flatten() has invalid args: start_dim cannot come after end_dim";
                    return Err(Error::Shape(text.to_owned()));
                }
                let shape = x.shape();
                if shape.is_empty() {
                    return x.reshape_to(&[1]);
                }
                let middle: usize = shape[start..=end].iter().product();
                x.reshape_to(&[&shape[..start], &[middle], &shape[end + 1..]].concat())
            }
            Kind::Identity => Ok((*x).clone()),
            Kind::Activation(activation) => activation.apply(x),
            Kind::Loss(loss, reduction) => {
                let [y, ..] = rest else { return Err(self.lacks("target")) };
                let (r, classes) = (*reduction, ClassLoss { reduction: *reduction, ..ClassLoss::default() });
                match loss {
                    Loss::CrossEntropy => loss::cross_entropy_with(x, y, &classes),
                    Loss::Nll => loss::nll_loss(x, y, &classes),
                    Loss::Mse => loss::mse_loss(x, y, r),
                    Loss::L1 => loss::l1_loss(x, y, r),
                    Loss::SmoothL1 => loss::smooth_l1_loss(x, y, 1.0, r),
                    Loss::Huber => loss::huber_loss(x, y, 1.0, r),
                    Loss::Bce => loss::binary_cross_entropy(x, y, None, r),
                    Loss::BceWithLogits => loss::binary_cross_entropy_with_logits(x, y, None, None, r),
                    Loss::KlDiv => loss::kl_div(x, y, false, r),
                    Loss::MultiMargin => loss::multi_margin_loss(x, y, 1, 1.0, None, r),
                }
            }
            Kind::Sequential => {
                self.children().iter().try_fold((*x).clone(), |x, (_, child)| child.forward(&[&x]))
            }
            Kind::List | Kind::Dict | Kind::Custom(_) => Err(Error::Shape(format!(
                "Module [{}] is missing the required \"forward\" function",
                self.class()
            ))),
        }
    }

    fn lacks(&self, what: &str) -> Error {
        Error::Type(format!("forward() missing 1 required positional argument: '{what}'"))
    }
}
