//! Images of another size, as `PIL` makes them: a triangle over each new place, wider where the image shrinks; first along the
//! rows, then along the columns, in whole numbers with bytes between.

/// Fractional bits of a weight.
const BITS: u32 = 32 - 8 - 2;

/// For a new place: the first old one, and the weights from there on.
type Weights = Vec<(usize, Vec<i64>)>;

/// The image with `to` = (width, height).
pub(super) fn resize(
    bytes: &[u8],
    bands: usize,
    from: (usize, usize),
    to: (usize, usize),
    nearest: bool,
) -> Vec<u8> {
    let make = if nearest { closest } else { triangle };
    let rows = along(bytes, bands, from.0, from.1, &make(from.0, to.0));
    // Columns are rows of the image that is turned over.
    let turned = transpose(&rows, bands, to.0, from.1);
    let columns = along(&turned, bands, from.1, to.0, &make(from.1, to.1));
    transpose(&columns, bands, to.1, to.0)
}

fn closest(old: usize, new: usize) -> Weights {
    let scale = old as f64 / new as f64;
    (0..new).map(|i| ((((i as f64 + 0.5) * scale) as usize).min(old - 1), vec![1 << BITS])).collect()
}

fn triangle(old: usize, new: usize) -> Weights {
    if old == new {
        return (0..new).map(|i| (i, vec![1 << BITS])).collect();
    }
    let scale = old as f64 / new as f64;
    let support = scale.max(1.0);
    let one = |i: usize| {
        let centre = (i as f64 + 0.5) * scale;
        let first = ((centre - support + 0.5).max(0.0)) as usize;
        let end = (((centre + support + 0.5).max(0.0)) as usize).min(old);
        let weight = |k: usize| (1.0 - ((k as f64 - centre + 0.5) / support).abs()).max(0.0);
        let raw: Vec<f64> = (first..end).map(weight).collect();
        let sum: f64 = raw.iter().sum();
        let fixed = |w: &f64| (w / sum * f64::from(1u32 << BITS) + 0.5).floor() as i64;
        (first, raw.iter().map(fixed).collect())
    };
    (0..new).map(one).collect()
}

/// Every row with the new places.
fn along(bytes: &[u8], bands: usize, width: usize, height: usize, weights: &Weights) -> Vec<u8> {
    let mut out = Vec::with_capacity(height * weights.len() * bands);
    for y in 0..height {
        let row = bytes.get(y * width * bands..(y + 1) * width * bands).unwrap_or_default();
        for (first, weights) in weights {
            for band in 0..bands {
                let at = |k: usize| i64::from(row.get((first + k) * bands + band).copied().unwrap_or(0));
                let sum: i64 = weights.iter().enumerate().map(|(k, w)| w * at(k)).sum();
                out.push(((sum + (1 << (BITS - 1))) >> BITS).clamp(0, 255) as u8);
            }
        }
    }
    out
}

fn transpose(bytes: &[u8], bands: usize, width: usize, height: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for x in 0..width {
        for y in 0..height {
            let start = (y * width + x) * bands;
            out.extend_from_slice(bytes.get(start..start + bands).unwrap_or_default());
        }
    }
    out
}
