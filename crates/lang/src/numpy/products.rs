//! Products of matrices.

use super::kind::Kind;
use super::nd::{Nd, broadcast, strides, tight};
use crate::error::{Result, value_error};
use crate::machine::Machine;
use crate::native::{Args, Native};
use crate::value::Value;

/// Functions of `numpy`.
pub(super) const FUNCTIONS: &[Native] = &[
    Native::new("dot(a, b, out=None)", dot),
    Native::new("matmul(a, b, out=None)", |vm, args| {
        let (a, b) = (vm.nd(&args.get(0))?, vm.nd(&args.get(1))?);
        let product = matmul(a, b)?;
        vm.returned_to(product, args.opt(2))
    }),
    Native::new("einsum(subscripts, *operands)", einsum),
];

/// `a @ b`.
pub(super) fn operator(vm: &mut Machine, args: &Args, reflected: bool) -> Result<Value> {
    let other = args.get(1);
    if matches!(other, Value::Tensor(_)) {
        return Ok(Value::NotImplemented);
    }
    let Some(b) = vm.try_nd(&other)? else { return Ok(Value::NotImplemented) };
    let a = vm.nd(&args.get(0))?;
    let product = if reflected { matmul(b, a) } else { matmul(a, b) }?;
    vm.returned(product)
}

/// The product of two matrices of `n × k` and `k × m` elements.
fn product(a: &Nd, b: &Nd, n: usize, k: usize, m: usize, kind: Kind) -> Nd {
    if kind.is_float() {
        let (a, b) = (a.f64s(), b.f64s());
        let mut out = vec![0.0; n * m];
        for (row, sums) in a.chunks(k.max(1)).zip(out.chunks_mut(m.max(1))) {
            for (x, other) in row.iter().zip(b.chunks(m.max(1))) {
                sums.iter_mut().zip(other).for_each(|(sum, y)| *sum += x * y);
            }
        }
        return Nd::new(kind, vec![n, m], out);
    }
    let (a, b) = (a.i64s(), b.i64s());
    let mut out = vec![0i64; n * m];
    for (row, sums) in a.chunks(k.max(1)).zip(out.chunks_mut(m.max(1))) {
        for (x, other) in row.iter().zip(b.chunks(m.max(1))) {
            sums.iter_mut().zip(other).for_each(|(sum, y)| *sum = sum.wrapping_add(x.wrapping_mul(*y)));
        }
    }
    Nd::new(Kind::Int64, vec![n, m], out).cast(kind)
}

/// `numpy.matmul`: vectors are rows or columns, further dimensions are broadcast.
fn matmul(a: Nd, b: Nd) -> Result<Nd> {
    for (i, nd) in [&a, &b].into_iter().enumerate() {
        if nd.ndim() == 0 {
            return value_error(format!(
                "matmul: Input operand {i} does not have enough dimensions (has 0, gufunc core with signature \
                 (n?,k),(k,m?)->(n?,m?) requires 1)"
            ));
        }
    }
    let (row, column) = (a.ndim() == 1, b.ndim() == 1);
    let (left, right) = (a.shape.clone(), b.shape.clone());
    let a = if row { a.reshaped(vec![1, left[0]]) } else { a };
    let b = if column { b.reshaped(vec![right[0], 1]) } else { b };
    let (batch_a, batch_b) = (&a.shape[..a.ndim() - 2], &b.shape[..b.ndim() - 2]);
    let (n, k) = (a.shape[a.ndim() - 2], a.shape[a.ndim() - 1]);
    let (inner, m) = (b.shape[b.ndim() - 2], b.shape[b.ndim() - 1]);
    if k != inner {
        return value_error(format!(
            "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) \
             (size {inner} is different from {k})"
        ));
    }
    let batch = broadcast(&[batch_a, batch_b])?;
    let kind = a.kind.promote(b.kind);
    let whole = |batch: &[usize], rows: usize, columns: usize| [batch, &[rows, columns]].concat();
    let a = a.expanded(&whole(&batch, n, k));
    let b = b.expanded(&whole(&batch, k, m));
    let parts: Vec<Nd> = (0..batch.iter().product::<usize>())
        .map(|i| {
            let (x, y): (Vec<usize>, Vec<usize>) =
                ((i * n * k..(i + 1) * n * k).collect(), (i * k * m..(i + 1) * k * m).collect());
            product(&a.gather(&x, vec![n, k]), &b.gather(&y, vec![k, m]), n, k, m, kind)
        })
        .collect();
    let mut shape = batch;
    shape.extend((!row).then_some(n));
    shape.extend((!column).then_some(m));
    Ok(Nd::new(kind, shape, super::array::chained(kind, &parts)))
}

/// `numpy.dot`: the product of numbers, vectors or matrices; over the last axis and the one before the last.
pub(super) fn dot(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (a, b) = (vm.nd(&args.get(0))?, vm.nd(&args.get(1))?);
    if a.ndim() == 0 || b.ndim() == 0 {
        let product = super::functions::MULTIPLY.apply(a, b)?;
        return vm.returned_to(product, args.opt(2));
    }
    let (i, j) = (a.ndim() - 1, b.ndim().saturating_sub(2));
    if a.shape[i] != b.shape[j] {
        let (left, right) = (tight(&a.shape), tight(&b.shape));
        let (k, other) = (a.shape[i], b.shape[j]);
        return value_error(format!(
            "shapes {left} and {right} not aligned: {k} (dim {i}) != {other} (dim {j})"
        ));
    }
    if b.ndim() <= 2 {
        let product = matmul(a, b)?;
        return vm.returned_to(product, args.opt(2));
    }
    // The axis that is summed over comes first, the others follow: then it is a product of two matrices.
    let mut order: Vec<usize> = (0..b.ndim()).filter(|&d| d != j).collect();
    order.insert(0, j);
    let k = a.shape[i];
    let (n, m) = (a.len() / k.max(1), b.len() / k.max(1));
    let shape: Vec<usize> =
        a.shape[..i].iter().copied().chain(order[1..].iter().map(|&d| b.shape[d])).collect();
    let kind = a.kind.promote(b.kind);
    let flat = product(&a, &b.permuted(&order), n, k, m, kind);
    vm.returned_to(flat.reshaped(shape), args.opt(2))
}

/// `numpy.einsum` of letters, without `...`.
fn einsum(vm: &mut Machine, args: &Args) -> Result<Value> {
    let text: String = args.str(0)?.chars().filter(|c| !c.is_whitespace()).collect();
    let mut operands = Vec::new();
    for value in &args.rest {
        operands.push(vm.nd(value)?);
    }
    let (inputs, output) =
        text.split_once("->").map_or((&*text, None), |(inputs, output)| (inputs, Some(output)));
    let inputs: Vec<Vec<char>> = inputs.split(',').map(|part| part.chars().collect()).collect();
    if inputs.len() != operands.len()
        || inputs.iter().zip(&operands).any(|(names, nd)| names.len() != nd.ndim())
    {
        return value_error(
            "einstein sum subscripts string does not fit the operands: one letter per dimension",
        );
    }
    let mut letters: Vec<char> = inputs.concat();
    sorting::sort_by(&mut letters, Ord::cmp);
    let implied: String =
        letters.iter().filter(|&c| letters.iter().filter(|other| *other == c).count() == 1).collect();
    letters.dedup();
    let output: Vec<char> = output.map_or(implied, str::to_owned).chars().collect();
    let order: Vec<char> =
        output.iter().copied().chain(letters.into_iter().filter(|c| !output.contains(c))).collect();
    let mut sizes = vec![1; order.len()];
    for (names, nd) in inputs.iter().zip(&operands) {
        for (name, &size) in names.iter().zip(&nd.shape) {
            let Some(place) = order.iter().position(|c| c == name) else { continue };
            if sizes[place] != 1 && size != 1 && sizes[place] != size {
                return value_error(format!(
                    "operands could not be broadcast together: '{name}' has two sizes"
                ));
            }
            sizes[place] = sizes[place].max(size);
        }
    }
    super::nd::count(&sizes)?;
    let mut whole: Option<Nd> = None;
    for (names, nd) in inputs.iter().zip(&operands) {
        // A letter that stands twice walks along a diagonal: its steps are added.
        let own = strides(&nd.shape);
        let step = |c: &char| {
            let places = names.iter().zip(own.iter().zip(&nd.shape));
            places.filter(|(name, (_, size))| *name == c && **size != 1).map(|(_, (stride, _))| stride).sum()
        };
        let steps: Vec<usize> = order.iter().map(step).collect();
        let part = nd.gather(&super::nd::places(&sizes, &steps), sizes.clone());
        whole = Some(match whole {
            None => part,
            Some(so_far) => super::functions::MULTIPLY.apply(so_far, part)?,
        });
    }
    let Some(whole) = whole else { return value_error("must specify at least one operand") };
    let kind = whole.kind;
    let axes: Vec<i64> = (output.len() as i64..order.len() as i64).collect();
    let rows = super::reduce::Rows::new(whole, Some(&axes))?;
    let sums = Nd::new(kind, sizes[..output.len()].to_vec(), rows.sums());
    vm.returned(sums)
}
