//! What gamma and Dirichlet distributions are drawn with: `torch._standard_gamma`.

use super::Generator;
use crate::error::Result;
use crate::host::HostData;
use crate::promote::missing;

impl Generator {
    /// One number for each shape, of the type of the shapes.
    ///
    /// # Errors
    /// [`Error::Shape`](crate::Error::Shape) for integers.
    pub fn gamma_of(&mut self, shapes: &HostData) -> Result<HostData> {
        if !shapes.dtype().is_floating_point() {
            return Err(missing("gamma_cpu", shapes.dtype()));
        }
        let drawn = shapes.to_f64().into_iter().map(|shape| self.gamma(shape)).collect();
        let drawn = HostData::Float64(drawn);
        Ok(if matches!(shapes, HostData::Float32(_)) { drawn.into_f32().into() } else { drawn })
    }

    /// By rejection (Marsaglia and Tsang 2000); below one, from the number of a shape that is larger by one.
    fn gamma(&mut self, shape: f64) -> f64 {
        // What has no distribution is not a number, where PyTorch would look for one without an end.
        if shape.is_nan() || shape <= 0.0 {
            return if shape == 0.0 { 0.0 } else { f64::NAN };
        }
        let (mut scale, mut alpha) = (1.0, shape);
        if alpha < 1.0 {
            scale = (1.0 - self.uniform64(0.0, 1.0)).powf(1.0 / alpha);
            alpha += 1.0;
        }
        let d = alpha - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal(0.0, 1.0);
            let y = 1.0 + c * x;
            if y <= 0.0 {
                continue;
            }
            let v = y * y * y;
            let u = 1.0 - self.uniform64(0.0, 1.0);
            let square = x * x;
            if u < 1.0 - 0.0331 * square * square || u.ln() < 0.5 * square + d * (1.0 - v + v.ln()) {
                return scale * d * v;
            }
        }
    }
}
