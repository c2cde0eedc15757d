//! `torch.nn.init`.

use engine::random::init::{self, Fan, Nonlinearity};

use crate::error::{Result, value_error};
use crate::machine::Machine;
use crate::native::{Args, Native, NativeModule};
use crate::value::Value;

/// The module; the names without an underscore are an older way to call them.
pub(super) const MODULE: NativeModule = NativeModule {
    name: "torch.nn.init",
    functions: &[FUNCTIONS],
    classes: &[],
    build: None,
    source: Some(python!("torch/nn/init.py")),
};

const FUNCTIONS: &[Native] = &[
    Native::new("uniform_(tensor, a=0.0, b=1.0)", |_, a| {
        init::uniform_(&a.tensor(0)?, a.float(1)?, a.float(2)?)?;
        Ok(a.get(0))
    }),
    Native::new("normal_(tensor, mean=0.0, std=1.0)", |_, a| {
        init::normal_(&a.tensor(0)?, a.float(1)?, a.float(2)?)?;
        Ok(a.get(0))
    }),
    Native::new("trunc_normal_(tensor, mean=0.0, std=1.0, a=-2.0, b=2.0)", |_, a| {
        init::trunc_normal_(&a.tensor(0)?, a.float(1)?, a.float(2)?, a.float(3)?, a.float(4)?)?;
        Ok(a.get(0))
    }),
    Native::new("constant_(tensor, val)", |_, a| {
        init::constant_(&a.tensor(0)?, a.float(1)?)?;
        Ok(a.get(0))
    }),
    Native::new("ones_(tensor)", |_, a| {
        init::ones_(&a.tensor(0)?)?;
        Ok(a.get(0))
    }),
    Native::new("zeros_(tensor)", |_, a| {
        init::zeros_(&a.tensor(0)?)?;
        Ok(a.get(0))
    }),
    Native::new("eye_(tensor)", |_, a| {
        let t = a.tensor(0)?;
        if t.ndim() != 2 {
            return value_error("Only tensors with 2 dimensions are supported");
        }
        init::eye_(&t)?;
        Ok(a.get(0))
    }),
    Native::new("xavier_uniform_(tensor, gain=1.0)", |_, a| {
        fans(a)?;
        init::xavier_uniform_(&a.tensor(0)?, a.float(1)?)?;
        Ok(a.get(0))
    }),
    Native::new("xavier_normal_(tensor, gain=1.0)", |_, a| {
        fans(a)?;
        init::xavier_normal_(&a.tensor(0)?, a.float(1)?)?;
        Ok(a.get(0))
    }),
    Native::new("kaiming_uniform_(tensor, a=0, mode='fan_in', nonlinearity='leaky_relu')", |_, a| {
        let (fan, nonlinearity) = kaiming(a)?;
        init::kaiming_uniform_(&a.tensor(0)?, fan, nonlinearity)?;
        Ok(a.get(0))
    }),
    Native::new("kaiming_normal_(tensor, a=0, mode='fan_in', nonlinearity='leaky_relu')", |_, a| {
        let (fan, nonlinearity) = kaiming(a)?;
        init::kaiming_normal_(&a.tensor(0)?, fan, nonlinearity)?;
        Ok(a.get(0))
    }),
    Native::new("orthogonal_(tensor, gain=1)", orthogonal),
    Native::new("calculate_gain(nonlinearity, param=None)", |_, a| {
        let nonlinearity = named(&a.str(0)?, a.opt_float(1)?)?;
        Ok(match nonlinearity {
            // PyTorch gives an integer here.
            Nonlinearity::Linear => Value::Int(1),
            other => Value::Float(other.gain()),
        })
    }),
    Native::new("_calculate_fan_in_and_fan_out(tensor)", |_, a| {
        let (inputs, outputs) = fans(a)?;
        Ok(Value::tuple(vec![Value::Int(inputs as i64), Value::Int(outputs as i64)]))
    }),
];

fn named(name: &str, slope: Option<f64>) -> Result<Nonlinearity> {
    Nonlinearity::named(name, slope).or_else(|error| value_error(error.to_string()))
}

fn fans(a: &Args) -> Result<(f64, f64)> {
    init::fans(&a.tensor(0)?).or_else(|error| value_error(error.to_string()))
}

fn kaiming(a: &Args) -> Result<(Fan, Nonlinearity)> {
    let fan = match &*a.str(2)?.to_lowercase() {
        "fan_in" => Fan::In,
        "fan_out" => Fan::Out,
        other => {
            return value_error(format!(
                "Mode {other} not supported, please use one of ['fan_in', 'fan_out']"
            ));
        }
    };
    if a.tensor(0)?.numel() > 0 {
        fans(a)?;
    }
    Ok((fan, named(&a.str(3)?, Some(a.float(1)?))?))
}

/// Rows (or columns, if there are fewer) that stand at right angles and have length `gain`: normal values, made orthogonal one
/// after another in f64. The space is the right one; the values are not those of PyTorch, which factors otherwise.
fn orthogonal(_vm: &mut Machine, a: &Args) -> Result<Value> {
    let t = a.tensor(0)?;
    if t.ndim() < 2 {
        return value_error("Only tensors with 2 or more dimensions are supported");
    }
    let rows = t.shape().first().copied().unwrap_or(0);
    let columns = t.numel() / rows.max(1);
    let (long, short) = (rows.max(columns), rows.min(columns));
    let engine = t.engine().clone();
    let drawn = engine.generator(|g| (0..long * short).map(|_| g.normal(0.0, 1.0)).collect::<Vec<f64>>());
    let gain = a.float(1)?;
    let mut vectors: Vec<Vec<f64>> = Vec::with_capacity(short);
    for chunk in drawn.chunks(long.max(1)).take(short) {
        let mut v = chunk.to_vec();
        for u in &vectors {
            let dot: f64 = u.iter().zip(&v).map(|(x, y)| x * y).sum();
            v.iter_mut().zip(u).for_each(|(x, y)| *x -= dot * y);
        }
        let length = v.iter().map(|x| x * x).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
        v.iter_mut().for_each(|x| *x /= length);
        vectors.push(v);
    }
    let at = |row: usize, column: usize| {
        let (v, i) = if rows <= columns { (row, column) } else { (column, row) };
        vectors.get(v).and_then(|v| v.get(i)).copied().unwrap_or(0.0) * gain
    };
    let values: Vec<f32> =
        (0..rows * columns).map(|i| at(i / columns.max(1), i % columns.max(1)) as f32).collect();
    let values = engine.tensor(values, t.shape())?;
    engine.no_grad(|| t.copy_(&values))?;
    Ok(a.get(0))
}
