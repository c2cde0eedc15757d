//! Copying elements to the host: the one thing that takes time.

use super::Tensor;
use crate::backend::Kernel;
use crate::dtype::{DType, Scalar};
use crate::error::Result;
use crate::host::HostData;
use crate::storage::Data;

impl Tensor {
    /// Copies the elements to the host, in row-major order, as the type that is stored. The values are those of now, whatever is written
    /// to the tensor before the future completes.
    ///
    /// # Errors
    /// [`crate::Error::DeviceLost`] and what else the backend says.
    pub fn read(&self) -> impl Future<Output = Result<HostData>> + 'static {
        let start = self.start_read();
        async move {
            match start? {
                (Data::Constant(value), n, dtype) => Ok(constant(value, n, dtype)),
                (Data::Buffer(buffer), n, _) => Ok(truncated(buffer.read().await?, n)),
                (Data::Pending(pending), ..) => Err(pending.failure()),
            }
        }
    }

    /// The number that all elements are, if that is known without computing or copying anything.
    pub fn known(&self) -> Option<Scalar> {
        match self.storage().source() {
            Data::Constant(value) => Some(value),
            Data::Buffer(_) | Data::Pending(_) => None,
        }
    }

    /// The elements in row-major order, if they are at hand: known, or computed before and in that order. Reading them then makes no
    /// queued work begin.
    pub fn read_computed(&self) -> Option<impl Future<Output = Result<HostData>> + 'static> {
        let whole = self.layout().is_contiguous() && self.layout().offset == 0;
        let (source, n, dtype) = (self.storage().source(), self.numel(), self.dtype());
        match source {
            Data::Buffer(_) if !whole => return None,
            Data::Pending(_) => return None,
            Data::Buffer(_) | Data::Constant(_) => {}
        }
        Some(async move {
            match source {
                Data::Constant(value) => Ok(constant(value, n, dtype)),
                Data::Buffer(buffer) => Ok(truncated(buffer.read().await?, n)),
                Data::Pending(pending) => Err(pending.failure()),
            }
        })
    }

    /// The content to read, in a buffer that begins with the elements of this tensor.
    fn start_read(&self) -> Result<(Data, usize, DType)> {
        let first = self.layout().is_contiguous() && self.layout().offset == 0;
        // A failure stays with the tensors that it concerns: this one may be fine.
        let _ = self.engine().flush();
        let source = self.storage().source();
        let at_hand = match &source {
            Data::Constant(_) => true,
            Data::Buffer(buffer) => first && buffer.len() <= self.numel().saturating_add(SPARE),
            Data::Pending(_) => first,
        };
        if at_hand {
            return Ok((source, self.numel(), self.dtype()));
        }
        let dense = self.engine().run(Kernel::Copy, &[(self, self.layout())], self.shape(), self.dtype())?;
        let _ = self.engine().flush();
        Ok((dense.storage().source(), self.numel(), self.dtype()))
    }
}

/// How many elements too many are read rather than that those that are wanted are copied together first.
const SPARE: usize = 4096;

fn constant(value: Scalar, n: usize, dtype: DType) -> HostData {
    match dtype {
        DType::Bool => vec![value.to_bool(); n].into(),
        DType::UInt8 => vec![value.to_i64() as u8; n].into(),
        DType::Int8 | DType::Int16 | DType::Int32 | DType::Int64 => vec![value.to_i64(); n].into(),
        DType::Float32 => vec![value.to_f64() as f32; n].into(),
        DType::Float64 => vec![value.to_f64(); n].into(),
    }
}

fn truncated(mut data: HostData, n: usize) -> HostData {
    crate::each_dtype!(&mut data, v => v.truncate(n));
    data
}
