//! What depends on values and has to wait for them: masks as indices, and results whose shape is in the data. Every
//! function here returns a future; nothing else in this folder does.

use super::Arg;
use super::items::Item;
use crate::dtype::{DType, Scalar};
use crate::engine::Engine;
use crate::error::{Error, Result, shape_error};
use crate::host::HostData;
use crate::layout::broadcast;
use crate::tensor::Tensor;

/// The places of the elements that are not zero: for each dimension their indices.
fn nonzero_places(data: &HostData, shape: &[usize]) -> Vec<Vec<i64>> {
    let mut places = vec![Vec::new(); shape.len()];
    for i in (0..data.len()).filter(|&i| data.get(i).is_some_and(Scalar::to_bool)) {
        let mut rest = i;
        for (d, &n) in shape.iter().enumerate().rev() {
            places[d].push((rest % n) as i64);
            rest /= n;
        }
    }
    places
}

/// The items with numbers instead of 0-d indices and with indices instead of masks.
async fn read_items(items: Vec<Item>) -> Result<Vec<Item>> {
    let mut out = Vec::with_capacity(items.len());
    for item in items {
        match item {
            Item::Tensor(t) if t.ndim() == 0 => {
                let value = t.read().await?.get(0);
                let value = value.ok_or_else(|| Error::Internal("a number without a value".to_owned()))?;
                let is_mask = matches!(t.dtype(), DType::Bool | DType::UInt8);
                out.push(if !is_mask { Item::Int(value.to_i64()) } else { Item::Bool(value.to_bool()) });
            }
            Item::Tensor(t) if matches!(t.dtype(), DType::Bool | DType::UInt8) => {
                for places in nonzero_places(&t.read().await?, t.shape()) {
                    let n = places.len();
                    out.push(Item::Tensor(t.engine().tensor(places, &[n])?));
                }
            }
            other => out.push(other),
        }
    }
    Ok(out)
}

impl Tensor {
    /// The items of an index of this tensor with everything read that depends on values: masks become indices and
    /// 0-d indices numbers. Waits for the device.
    ///
    /// # Errors
    /// As for [`get`](Self::get), and what the backend says to reading.
    pub fn read_items(&self, items: &[Item]) -> impl Future<Output = Result<Vec<Item>>> + 'static {
        let checked = self.check_items(items);
        let items = items.to_vec();
        async move {
            checked?;
            read_items(items).await
        }
    }

    /// As [`get`](Self::get), with masks. Waits for the device, to read them.
    ///
    /// # Errors
    /// As for [`get`](Self::get), and what the backend says to reading.
    pub fn get_masked(&self, items: &[Item]) -> impl Future<Output = Result<Tensor>> + 'static {
        let (x, items) = (self.clone(), self.read_items(items));
        async move { x.get(&items.await?) }
    }

    /// As [`set`](Self::set), with masks in every form. Waits for the device, to read them.
    ///
    /// # Errors
    /// As for [`set`](Self::set), and what the backend says to reading.
    pub fn set_masked(&self, items: &[Item], value: &Arg<'_>) -> impl Future<Output = Result<()>> + 'static {
        let value = match value {
            Arg::Tensor(t) => Ok((*t).clone()),
            Arg::Scalar(value) => self.engine().full(&[], *value, self.dtype()),
        };
        let (x, items) = (self.clone(), self.read_items(items));
        async move { x.set(&items.await?, &value?) }
    }

    /// The indices of the elements that are not zero, one row (of as many numbers as there are dimensions) for each:
    /// int64. Waits for the device.
    ///
    /// # Errors
    /// What the backend says to reading.
    pub fn nonzero(&self) -> impl Future<Output = Result<Tensor>> + 'static {
        let (engine, shape, data) = (self.engine().clone(), self.shape().to_vec(), self.read());
        async move {
            let data = data.await?;
            if shape.is_empty() {
                let n = usize::from(data.get(0).is_some_and(Scalar::to_bool));
                return engine.full(&[n, 0], 0i64, DType::Int64);
            }
            let places = nonzero_places(&data, &shape);
            let n = places[0].len();
            let rows: Vec<i64> = (0..n).flat_map(|i| places.iter().map(move |p| p[i])).collect();
            engine.tensor(rows, &[n, shape.len()])
        }
    }

    /// The elements where the mask is true, as a vector; both are broadcast together. Waits for the device.
    ///
    /// # Errors
    /// [`Error::Broadcast`], [`Error::Shape`] if the mask is none, and what the backend says to reading.
    pub fn masked_select(&self, mask: &Tensor) -> impl Future<Output = Result<Tensor>> + 'static {
        let (x, mask) = (self.clone(), mask.clone());
        async move {
            if !matches!(mask.dtype(), DType::Bool | DType::UInt8) {
                return shape_error("masked_select: expected BoolTensor or ByteTensor for mask");
            }
            let shape = broadcast(x.shape(), mask.shape())?;
            let n = crate::layout::checked_numel(&shape)?;
            let data = mask.expand(&shape)?.read().await?;
            let places = nonzero_places(&data, &[n]).concat();
            let count = places.len();
            let index = x.engine().tensor(places, &[count])?;
            x.engine().call("masked_select", "MaskedSelectBackward0", || {
                x.expand(&shape)?.reshape_to(&[n])?.rows(0, &index)
            })
        }
    }

    /// As [`one_hot`](Self::one_hot), with as many classes as the largest index needs. Waits for the device.
    ///
    /// # Errors
    /// As for [`one_hot`](Self::one_hot), and for no indices at all.
    pub fn one_hot_counted(&self) -> impl Future<Output = Result<Tensor>> + 'static {
        let (x, data) = (self.clone(), self.read());
        async move {
            if x.dtype() != DType::Int64 {
                return shape_error("one_hot is only applicable to index tensor.");
            }
            let HostData::Int64(values) = data.await? else {
                return Err(Error::Internal("indices of another type".to_owned()));
            };
            match (values.iter().max(), values.iter().min()) {
                (Some(&most), Some(&least)) if least >= 0 => {
                    x.one_hot(usize::try_from(most.saturating_add(1)).unwrap_or(usize::MAX))
                }
                (Some(_), _) => shape_error("Class values must be non-negative."),
                (None, _) => shape_error("Can not infer total number of classes from empty tensor."),
            }
        }
    }

    /// The different elements in ascending order, for each element of this tensor which of them it is, and how often
    /// each is there (both int64): `torch.unique` with `return_inverse` and `return_counts`. Waits for the device.
    ///
    /// # Errors
    /// What the backend says to reading.
    pub fn unique(&self) -> impl Future<Output = Result<[Tensor; 3]>> + 'static {
        let x = self.detach();
        async move {
            let flat = x.reshape_to(&[x.numel()])?;
            let order = flat.argsort(0, false)?;
            let (values, order) = (flat.read().await?, order.read().await?);
            let HostData::Int64(order) = order else {
                return Err(Error::Internal("an order of another type".to_owned()));
            };
            count_equal(x.engine(), &x, &values, &order)
        }
    }
}

/// The result of `unique`, from the elements and the indices that sort them. NaN equals nothing, itself included.
fn count_equal(engine: &Engine, x: &Tensor, values: &HostData, order: &[i64]) -> Result<[Tensor; 3]> {
    let (mut firsts, mut counts, mut inverse) = (Vec::new(), Vec::new(), vec![0i64; order.len()]);
    let mut before = None;
    for &i in order {
        let value = values.get(i as usize);
        if before.is_none() || value != before {
            firsts.push(i);
            counts.push(0i64);
        }
        before = value;
        if let Some(count) = counts.last_mut() {
            *count += 1;
        }
        if let Some(place) = inverse.get_mut(i as usize) {
            *place = counts.len() as i64 - 1;
        }
    }
    let n = firsts.len();
    let found = x.reshape_to(&[x.numel()])?.rows(0, &engine.tensor(firsts, &[n])?)?;
    Ok([found, engine.tensor(inverse, x.shape())?, engine.tensor(counts, &[n])?])
}
