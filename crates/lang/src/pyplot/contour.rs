//! Lines of equal height, by marching squares.

use crate::error::{Result, type_error};
use crate::machine::Machine;
use crate::native::Args;
use crate::numpy::Nd;
use crate::value::Value;

/// The pieces of the line at a height: x and y of both ends, and a gap (NaN) behind each piece.
pub(super) fn contour(vm: &mut Machine, args: &Args) -> Result<Value> {
    let (x, y, z) = (vm.nd(&args.get(0))?.f64s(), vm.nd(&args.get(1))?.f64s(), vm.nd(&args.get(2))?);
    let level = args.float(3)?;
    let [rows, columns] = *z.shape else { return type_error("Input z must be 2D") };
    if x.len() != columns || y.len() != rows {
        return type_error(
            "Length of x must match number of columns in z, and length of y must match number of rows",
        );
    }
    let z = z.f64s();
    let (mut xs, mut ys) = (Vec::new(), Vec::new());
    for i in 1..rows {
        for j in 1..columns {
            let corners = [(j - 1, i - 1), (j, i - 1), (j, i), (j - 1, i)];
            let points = corners.map(|(j, i)| [x[j], y[i], z[i * columns + j] - level]);
            let crossings: Vec<(f64, f64)> =
                (0..4).filter_map(|k| crossing(points[k], points[(k + 1) % 4])).collect();
            for pair in crossings.chunks_exact(2) {
                for &(x, y) in pair {
                    xs.push(x);
                    ys.push(y);
                }
                xs.push(f64::NAN);
                ys.push(f64::NAN);
            }
        }
    }
    Ok(Value::tuple(vec![vm.array(Nd::vector(xs))?, vm.array(Nd::vector(ys))?]))
}

/// Where the height changes its sign between two points.
fn crossing(a: [f64; 3], b: [f64; 3]) -> Option<(f64, f64)> {
    if !(a[2].is_finite() && b[2].is_finite()) || (a[2] >= 0.0) == (b[2] >= 0.0) {
        return None;
    }
    let part = a[2] / (a[2] - b[2]);
    Some((a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])))
}
