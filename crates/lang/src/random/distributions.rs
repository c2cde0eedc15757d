//! Numbers of other distributions, as the legacy generator of NumPy makes them of uniform and normal ones.

use super::numpy::Stream;

/// A number of the gamma distribution with scale 1 (Marsaglia and Tsang; below 1 by rejection).
pub(super) fn standard_gamma(stream: &mut Stream, shape: f64) -> f64 {
    if shape == 1.0 {
        return stream.exponential();
    }
    if shape <= 0.0 || shape.is_nan() {
        return 0.0;
    }
    if shape < 1.0 {
        loop {
            let (u, v) = (stream.double(), stream.exponential());
            if u <= 1.0 - shape {
                let x = u.powf(1.0 / shape);
                if x <= v {
                    return x;
                }
            } else {
                let y = -((1.0 - u) / shape).ln();
                let x = (1.0 - shape + shape * y).powf(1.0 / shape);
                if x <= v + y {
                    return x;
                }
            }
        }
    }
    let b = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * b).sqrt();
    loop {
        let (x, v) = loop {
            let x = stream.gauss();
            let v = 1.0 + c * x;
            if v > 0.0 {
                break (x, v * v * v);
            }
        };
        let u = stream.double();
        if u < 1.0 - 0.0331 * (x * x) * (x * x) || u.ln() < 0.5 * x * x + b * (1.0 - v + v.ln()) {
            return b * v;
        }
    }
}

/// A number of the beta distribution (Jöhnk's method, if both parameters are at most 1).
pub(super) fn beta(stream: &mut Stream, a: f64, b: f64) -> f64 {
    if a > 1.0 || b > 1.0 {
        let (x, y) = (standard_gamma(stream, a), standard_gamma(stream, b));
        return x / (x + y);
    }
    loop {
        let (u, v) = (stream.double(), stream.double());
        let (x, y) = (u.powf(1.0 / a), v.powf(1.0 / b));
        if x + y > 1.0 {
            continue;
        }
        if x + y > 0.0 {
            return x / (x + y);
        }
        let (log_x, log_y) = (u.ln() / a, v.ln() / b);
        let most = log_x.max(log_y);
        let (log_x, log_y) = (log_x - most, log_y - most);
        return (log_x - (log_x.exp() + log_y.exp()).ln()).exp();
    }
}

/// How often what happens with probability `p` happens in `n` trials, by inversion.
pub(super) fn binomial(stream: &mut Stream, n: i64, p: f64) -> i64 {
    if p > 0.5 {
        return n - binomial(stream, n, 1.0 - p);
    }
    let (q, mean) = (1.0 - p, n as f64 * p);
    let start = (n as f64 * q.ln()).exp();
    let bound = (n as f64).min(mean + 10.0 * (mean * q + 1.0).sqrt()) as i64;
    let (mut x, mut px, mut u) = (0, start, stream.double());
    while u > px {
        x += 1;
        if x > bound {
            (x, px, u) = (0, start, stream.double());
        } else {
            u -= px;
            px = ((n - x + 1) as f64 * p * px) / (x as f64 * q);
        }
    }
    x
}

/// A number of the Poisson distribution: by products below 10, else by transformed rejection (Hörmann's PTRS).
pub(super) fn poisson(stream: &mut Stream, lam: f64) -> i64 {
    if lam == 0.0 {
        return 0;
    }
    if lam < 10.0 {
        let (least, mut product, mut x) = ((-lam).exp(), 1.0, 0);
        loop {
            product *= stream.double();
            if product <= least {
                return x;
            }
            x += 1;
        }
    }
    let b = 0.931 + 2.53 * lam.sqrt();
    let a = -0.059 + 0.02483 * b;
    let inverse = 1.1239 + 1.1328 / (b - 3.4);
    let vr = 0.9277 - 3.6224 / (b - 2.0);
    loop {
        let (u, v) = (stream.double() - 0.5, stream.double());
        let us = 0.5 - u.abs();
        let k = ((2.0 * a / us + b) * u + lam + 0.43).floor();
        if us >= 0.07 && v <= vr {
            return k as i64;
        }
        if k < 0.0 || (us < 0.013 && v > us) {
            continue;
        }
        if v.ln() + inverse.ln() - (a / (us * us) + b).ln() <= -lam + k * lam.ln() - log_gamma(k + 1.0) {
            return k as i64;
        }
    }
}

/// The logarithm of the gamma function, by Stirling's series from 7 on.
fn log_gamma(x: f64) -> f64 {
    const SERIES: [f64; 10] = [
        8.333_333_333_333_333e-2,
        -2.777_777_777_777_778e-3,
        7.936_507_936_507_937e-4,
        -5.952_380_952_380_952e-4,
        8.417_508_417_508_418e-4,
        -1.917_526_917_526_918e-3,
        6.410_256_410_256_41e-3,
        -2.955_065_359_477_124e-2,
        1.796_443_723_688_307e-1,
        -1.392_432_216_905_9,
    ];
    if x == 1.0 || x == 2.0 {
        return 0.0;
    }
    let steps = if x < 7.0 { (7.0 - x) as i64 } else { 0 };
    let mut base = x + steps as f64;
    let square = 1.0 / (base * base);
    let series = SERIES.iter().rev().fold(0.0, |sum, term| sum * square + term);
    let mut value = series / base + 0.5 * std::f64::consts::TAU.ln() + (base - 0.5) * base.ln() - base;
    for _ in 0..steps {
        base -= 1.0;
        value -= base.ln();
    }
    value
}
