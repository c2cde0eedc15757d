//! Tensors as numbers for the page: made small, counted, page by page.

use engine::{HostData, Result, Tensor};
use protocol::program::{Mini, Numbers, Statistics};

/// The side of a miniature, and that of a picture.
pub(crate) const MINI: usize = 16;
const PICTURE: usize = 64;
/// Elements of a page.
const PAGE: usize = 256;
/// The bins of a histogram.
const BINS: usize = 24;
/// Elements that are copied to the host to be looked at; of a larger tensor, its first rows.
const MOST: usize = 4 << 20;

/// The elements of a tensor on the host, as far as they are looked at.
pub(crate) struct Elements {
    shape: Vec<usize>,
    dtype: String,
    values: Vec<f64>,
}

/// The name of a type, as PyTorch has it.
pub(crate) fn dtype_name(tensor: &Tensor) -> String {
    tensor.dtype().name().to_owned()
}

/// Sizes as they are sent.
pub(crate) fn sizes(shape: &[usize]) -> Vec<u32> {
    shape.iter().map(|&n| n.try_into().unwrap_or(u32::MAX)).collect()
}

impl Elements {
    /// Copies a tensor to the host.
    ///
    /// # Errors
    /// What the backend says.
    pub(crate) async fn read(tensor: &Tensor) -> Result<Self> {
        let dtype = dtype_name(tensor);
        let mut shape = tensor.shape().to_vec();
        let data = if tensor.numel() > MOST {
            // Rows that fit, at least one.
            let row = (tensor.numel() / shape[0].max(1)).max(1);
            let rows = (MOST / row).clamp(1, shape[0]);
            shape[0] = rows;
            tensor.narrow(0, 0, rows as i64)?.read().await?
        } else {
            tensor.read().await?
        };
        Ok(Self { shape, dtype, values: values(data) })
    }

    /// Rows and columns: the last dimension lies in rows.
    fn rows_and_columns(&self) -> (usize, usize) {
        let columns = self.shape.last().copied().unwrap_or(1);
        (self.values.len().checked_div(columns).unwrap_or(0), columns)
    }

    /// Made small, so that neither side is longer than `side`.
    pub(crate) fn mini(&self, side: usize) -> Mini {
        let (rows, columns) = self.rows_and_columns();
        let (height, width) = (rows.min(side), columns.min(side));
        let mut small = Vec::with_capacity(height * width);
        for i in 0..height {
            let (top, bottom) = (i * rows / height, (i + 1) * rows / height);
            for j in 0..width {
                let (left, right) = (j * columns / width, (j + 1) * columns / width);
                let (mut sum, mut count) = (0.0, 0.0);
                for row in top..bottom {
                    for x in &self.values[row * columns + left..row * columns + right] {
                        sum += x;
                        count += 1.0;
                    }
                }
                small.push((sum / count) as f32);
            }
        }
        let (low, high) = self.bounds();
        Mini {
            rows: height as u32,
            columns: width as u32,
            values: small.as_slice().into(),
            low: low as f32,
            high: high as f32,
            not_finite: self.values.iter().filter(|x| !x.is_finite()).count() as u64,
        }
    }

    fn bounds(&self) -> (f64, f64) {
        let finite = self.values.iter().copied().filter(|x| x.is_finite());
        let bounds =
            finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
        if bounds.0 > bounds.1 { (0.0, 0.0) } else { bounds }
    }

    /// In numbers, from element `offset` on.
    pub(crate) fn numbers(&self, offset: u64) -> Numbers {
        let count = self.values.len();
        let first = usize::try_from(offset).unwrap_or(usize::MAX).min(count);
        let page = &self.values[first..(first + PAGE).min(count)];
        Numbers {
            shape: sizes(&self.shape),
            dtype: self.dtype.clone(),
            offset: first as u64,
            elements: page.iter().map(|&x| self.text(x)).collect(),
            picture: self.mini(PICTURE),
            statistics: self.statistics(),
        }
    }

    /// An element, as short as it is exact enough to be read.
    fn text(&self, x: f64) -> String {
        match self.dtype.as_str() {
            "bool" => if x == 0.0 { "False" } else { "True" }.to_owned(),
            name if name.contains("int") => format!("{x}"),
            _ => short(x),
        }
    }

    fn statistics(&self) -> Statistics {
        let finite: Vec<f64> = self.values.iter().copied().filter(|x| x.is_finite()).collect();
        let n = finite.len() as f64;
        let (low, high) = self.bounds();
        let mean = if finite.is_empty() { 0.0 } else { finite.iter().sum::<f64>() / n };
        let squares: f64 = finite.iter().map(|x| (x - mean) * (x - mean)).sum();
        let mut histogram = vec![0; BINS];
        for x in &finite {
            let place = if high > low { (x - low) / (high - low) * BINS as f64 } else { 0.0 };
            histogram[(place as usize).min(BINS - 1)] += 1;
        }
        Statistics {
            count: self.values.len() as u64,
            mean,
            std: if finite.len() > 1 { (squares / (n - 1.0)).sqrt() } else { 0.0 },
            low,
            high,
            zeros: self.values.iter().filter(|x| **x == 0.0).count() as u64,
            nans: self.values.iter().filter(|x| x.is_nan()).count() as u64,
            infinities: self.values.iter().filter(|x| x.is_infinite()).count() as u64,
            histogram,
        }
    }

    /// The elements.
    pub(crate) fn values(&self) -> &[f64] {
        &self.values
    }
}

/// A number with four digits behind the point, as PyTorch prints most; with an exponent, if it is very large or small.
pub(crate) fn short(x: f64) -> String {
    if x.is_nan() {
        return "nan".to_owned();
    }
    if x.is_infinite() {
        return if x > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let size = x.abs();
    if size != 0.0 && !(1e-4..1e6).contains(&size) { format!("{x:.3e}") } else { format!("{x:.4}") }
}

pub(crate) fn values(data: HostData) -> Vec<f64> {
    match data {
        HostData::Float32(v) => v.into_iter().map(f64::from).collect(),
        HostData::Float64(v) => v,
        HostData::Int64(v) => v.into_iter().map(|x| x as f64).collect(),
        HostData::Bool(v) => v.into_iter().map(|x| f64::from(u8::from(x))).collect(),
        HostData::UInt8(v) => v.into_iter().map(f64::from).collect(),
    }
}
