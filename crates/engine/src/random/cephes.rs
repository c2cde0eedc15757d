//! The logarithm, sine and cosine in float32 that PyTorch's vectorised `normal_` uses: the polynomials of the
//! Cephes library (`logf`, `sinf`, `cosf`; Moshier 1989), in the order of operations of a processor with FMA, so
//! that every bit agrees. They are for this one use: arguments are in (0, 1] and in [0, 2π).

const LOG: [f32; 9] = [
    7.037_683_6e-2,
    -1.151_461e-1,
    1.167_699_84e-1,
    -1.242_014_1e-1,
    1.424_932_3e-1,
    -1.666_805_7e-1,
    2.000_071_4e-1,
    -2.499_999_4e-1,
    3.333_333e-1,
];
const SIN: [f32; 3] = [-1.951_529_6e-4, 8.332_161e-3, -1.666_665_5e-1];
const COS: [f32; 3] = [2.443_315_7e-5, -1.388_731_6e-3, 4.166_664_6e-2];
/// π/4 in three parts, the longest first: x − j·π/4 keeps its digits.
const QUARTER_PI: [f32; 3] = [0.785_156_25, 2.418_756_5e-4, 3.774_895e-8];

fn polynomial(coefficients: &[f32], x: f32) -> f32 {
    coefficients.iter().copied().reduce(|sum, c| sum.mul_add(x, c)).unwrap_or_default()
}

/// ln x, for normal positive x.
pub(super) fn log(x: f32) -> f32 {
    let bits = x.max(f32::MIN_POSITIVE).to_bits();
    let mut exponent = (bits >> 23) as f32 - 126.0;
    // The mantissa in [1/2, 1), then moved to [√½, √2), less one.
    let mut m = f32::from_bits(bits & 0x007f_ffff | 0x3f00_0000);
    if m < std::f32::consts::FRAC_1_SQRT_2 {
        exponent -= 1.0;
        m = m - 1.0 + m;
    } else {
        m -= 1.0;
    }
    let z = m * m;
    let y = polynomial(&LOG, m) * m;
    let y = y.mul_add(z, exponent * -2.121_944_4e-4);
    let y = z.mul_add(-0.5, y);
    exponent.mul_add(0.693_359_4, m + y)
}

/// The sine and the cosine of x ≥ 0.
pub(super) fn sin_cos(x: f32) -> (f32, f32) {
    let octant = ((x * 1.273_239_5) as i32 + 1) & !1;
    let x = QUARTER_PI.iter().fold(x, |x, part| (octant as f32).mul_add(-part, x));
    let z = x * x;
    let cos = polynomial(&COS, z) * z;
    let cos = cos.mul_add(z, -(z * 0.5)) + 1.0;
    let sin = (polynomial(&SIN, z) * z).mul_add(x, x);
    let (s, c) = if octant & 2 == 0 { (sin, cos) } else { (cos, sin) };
    let flip = |value: f32, negative: bool| if negative { -value } else { value };
    (flip(s, octant & 4 != 0), flip(c, (octant - 2) & 4 == 0))
}
