//! One number for each dimension of a tensor. Few tensors have more than a handful of dimensions, so up to four numbers
//! lie in place: layouts are made and copied for every op, and asking for memory each time was a fifth of its cost.

use std::hash::{Hash, Hasher};
use std::ops::{Deref, DerefMut};

/// How many lie in place.
const INLINE: usize = 4;

/// Numbers, one for each dimension. It is read and written as a slice.
#[derive(Clone)]
pub struct Dims<T>(Held<T>);

#[derive(Clone)]
enum Held<T> {
    /// As many of these.
    Inline(usize, [T; INLINE]),
    Heap(Vec<T>),
}

impl<T: Copy + Default> Dims<T> {
    /// The same number for each of `n` dimensions.
    pub fn repeat(value: T, n: usize) -> Self {
        if n <= INLINE { Self(Held::Inline(n, [value; INLINE])) } else { Self(Held::Heap(vec![value; n])) }
    }

    /// Adds the number of a new last dimension.
    pub fn push(&mut self, item: T) {
        let mut all = self.to_vec();
        all.push(item);
        *self = all.as_slice().into();
    }

    /// Takes out the number of dimension `dim`. Does nothing if there is no such dimension.
    pub fn remove(&mut self, dim: usize) {
        let mut all = self.to_vec();
        if dim < all.len() {
            all.remove(dim);
        }
        *self = all.as_slice().into();
    }
}

impl<T> Dims<T> {
    /// All of them.
    pub fn as_slice(&self) -> &[T] {
        self
    }
}

impl<T> Deref for Dims<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.0 {
            Held::Inline(n, items) => items.get(..*n).unwrap_or(items),
            Held::Heap(items) => items,
        }
    }
}

impl<T> DerefMut for Dims<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        match &mut self.0 {
            Held::Inline(n, items) => {
                let n = (*n).min(INLINE);
                &mut items[..n]
            }
            Held::Heap(items) => items,
        }
    }
}

impl<T: Copy + Default> From<&[T]> for Dims<T> {
    fn from(items: &[T]) -> Self {
        // One by one: a call that copies a few bytes takes longer.
        items.iter().copied().collect()
    }
}

impl<T: Copy + Default> FromIterator<T> for Dims<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let (mut n, mut inline) = (0, [T::default(); INLINE]);
        let mut items = items.into_iter();
        while let Some(item) = items.next() {
            if let Some(place) = inline.get_mut(n) {
                *place = item;
                n += 1;
            } else {
                let mut all = inline.to_vec();
                all.push(item);
                all.extend(items);
                return Self(Held::Heap(all));
            }
        }
        Self(Held::Inline(n, inline))
    }
}

impl<'a, T> IntoIterator for &'a Dims<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: PartialEq> PartialEq for Dims<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for Dims<T> {}

impl<T: PartialEq> PartialEq<[T]> for Dims<T> {
    fn eq(&self, other: &[T]) -> bool {
        **self == *other
    }
}

impl<T: PartialEq> PartialEq<&[T]> for Dims<T> {
    fn eq(&self, other: &&[T]) -> bool {
        **self == **other
    }
}

impl<T: Hash> Hash for Dims<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl<T: std::fmt::Debug> std::fmt::Debug for Dims<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_numbers_and_many_behave_alike() {
        for n in [0, 1, INLINE, INLINE + 1, 40] {
            let expected: Vec<usize> = (0..n).collect();
            let mut dims: Dims<usize> = (0..n).collect();
            assert_eq!(*dims, *expected);
            assert_eq!(dims, Dims::from(expected.as_slice()));
            assert_eq!(format!("{dims:?}"), format!("{expected:?}"));
            let mut more = dims.clone();
            more.push(9);
            assert_eq!(more.last(), Some(&9));
            more.remove(n);
            assert_eq!(more, dims);
            dims.fill(7);
            assert_eq!(dims, Dims::repeat(7, n));
        }
    }
}
