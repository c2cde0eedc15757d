//! The parameters of one launch, as `Params` in `shaders/common.wgsl` lays them out, and the merging of
//! dimensions that makes most walks over them short.

use engine::{Error, Result};

/// The most dimensions a walk may have after merging.
pub(crate) const MAX_DIMS: usize = 8;

/// Bytes of one slot: a multiple of 256, which dynamic offsets need everywhere.
pub(crate) const SLOT: u64 = 512;

/// Words of the fields.
const OFFSETS: usize = 4;
const MORE: usize = 8;
const REST: usize = 12;
const SHAPE: usize = 16;
const STRIDES: usize = 24;

/// Words that generated kernels use as they like, and where they begin.
pub(crate) const FREE: usize = 112;
const FREE_BEGIN: usize = 16;

/// Of the free words those that no fixed kernel uses: in fours, one for each input of a program behind a product.
pub(crate) const BEHIND: usize = STRIDES + 4 * MAX_DIMS - FREE_BEGIN;
pub(crate) const BEHIND_FOURS: usize = (FREE - BEHIND) / 4;

/// The output's place among the operands, after the inputs x, y and z.
pub(crate) const OUT: usize = 3;

/// One slot of the arena.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Params {
    words: [u32; SLOT as usize / 4],
}

impl Params {
    /// For `count` results of `length` elements each.
    pub(crate) fn new(count: usize, length: usize) -> Self {
        let mut words = [0; SLOT as usize / 4];
        (words[0], words[3]) = (count as u32, length as u32);
        Self { words }
    }

    /// The dimensions that results are walked by, and those within one result. Each walk gives the strides
    /// of x, y, z and out, as far as there are any.
    pub(crate) fn walks(mut self, outer: &Walk, inner: Option<&Walk>) -> Result<Self> {
        let (mut dims, mut operands) = (outer.shape.clone(), outer.strides.clone());
        if let Some(inner) = inner {
            dims.extend(&inner.shape);
            operands.iter_mut().zip(&inner.strides).for_each(|(all, more)| all.extend(more));
        }
        if dims.len() > MAX_DIMS {
            return Err(Error::Unsupported {
                device: crate::NAME,
                what: format!("walk {} dimensions that cannot be merged: at most {MAX_DIMS}", dims.len()),
            });
        }
        (self.words[1], self.words[2]) = (outer.shape.len() as u32, dims.len() as u32);
        for (d, &size) in dims.iter().enumerate() {
            self.words[SHAPE + d] = size as u32;
        }
        for (operand, strides) in operands.iter().enumerate() {
            self.strides(operand, strides);
        }
        Ok(self)
    }

    /// The strides of an operand, where its dimensions have a meaning of their own.
    pub(crate) fn strides(&mut self, operand: usize, strides: &[isize]) {
        for (d, &stride) in strides.iter().enumerate() {
            self.words[STRIDES + operand * MAX_DIMS + d] = word(stride);
        }
    }

    /// Where an operand starts.
    pub(crate) fn offset(&mut self, operand: usize, offset: usize) {
        self.words[OFFSETS + operand] = offset as u32;
    }

    /// A word of a generated kernel.
    pub(crate) fn free(&mut self, i: usize, value: u32) {
        self.words[FREE_BEGIN + i] = value;
    }

    /// The field `more`.
    pub(crate) fn more(mut self, more: [u32; 4]) -> Self {
        self.words[MORE..MORE + 4].copy_from_slice(&more);
        self
    }

    /// The field `rest`.
    pub(crate) fn rest(mut self, rest: [u32; 4]) -> Self {
        self.words[REST..REST + 4].copy_from_slice(&rest);
        self
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        bytemuck::cast_slice(&self.words)
    }
}

/// A stride as the shaders take it: wrapping arithmetic makes negative ones work.
pub(crate) fn word(stride: isize) -> u32 {
    stride as i32 as u32
}

/// Dimensions that several operands are walked by together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Walk {
    pub(crate) shape: Vec<usize>,
    /// Of each operand.
    pub(crate) strides: Vec<Vec<isize>>,
}

impl Walk {
    /// Leaves out dimensions of size 1 and merges neighbours that every operand steps through evenly.
    /// At least one dimension is left.
    pub(crate) fn new(shape: &[usize], operands: &[&[isize]]) -> Self {
        let mut walk = Self { shape: Vec::new(), strides: vec![Vec::new(); operands.len()] };
        for (d, &size) in shape.iter().enumerate().filter(|&(_, &size)| size != 1) {
            let even = operands
                .iter()
                .zip(&walk.strides)
                .all(|(strides, kept)| kept.last().is_some_and(|&last| last == strides[d] * size as isize));
            if even && let Some(last) = walk.shape.last_mut() {
                *last *= size;
                for (kept, strides) in walk.strides.iter_mut().zip(operands) {
                    kept.pop();
                    kept.push(strides[d]);
                }
            } else {
                walk.shape.push(size);
                for (kept, strides) in walk.strides.iter_mut().zip(operands) {
                    kept.push(strides[d]);
                }
            }
        }
        if walk.shape.is_empty() {
            walk.shape.push(1);
            walk.strides.iter_mut().for_each(|kept| kept.push(0));
        }
        walk
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(shape: &[usize], operands: &[&[isize]]) -> (Vec<usize>, Vec<Vec<isize>>) {
        let walk = Walk::new(shape, operands);
        (walk.shape, walk.strides)
    }

    #[test]
    fn even_dimensions_merge() {
        assert_eq!(walk(&[2, 3, 4], &[&[12, 4, 1], &[12, 4, 1]]), (vec![24], vec![vec![1], vec![1]]));
        assert_eq!(walk(&[2, 1, 4], &[&[4, 99, 1]]), (vec![8], vec![vec![1]]));
        assert_eq!(walk(&[5, 7], &[&[0, 0]]), (vec![35], vec![vec![0]]), "a constant");
        assert_eq!(walk(&[4, 3], &[&[-3, -1]]), (vec![12], vec![vec![-1]]), "backwards");
    }

    #[test]
    fn an_operand_that_does_not_fit_keeps_dimensions_apart() {
        let (shape, strides) = walk(&[2, 3, 4], &[&[12, 4, 1], &[0, 4, 1]]);
        assert_eq!((shape, strides), (vec![2, 12], vec![vec![12, 1], vec![0, 1]]));
        assert_eq!(walk(&[3, 4], &[&[1, 3]]), (vec![3, 4], vec![vec![1, 3]]), "transposed");
    }

    #[test]
    fn there_is_always_a_dimension() {
        assert_eq!(walk(&[], &[&[]]), (vec![1], vec![vec![0]]));
        assert_eq!(walk(&[1, 1], &[&[5, 5], &[0, 1]]), (vec![1], vec![vec![0], vec![0]]));
    }

    #[test]
    fn a_merged_walk_visits_the_same_places() {
        // Every order of three dimensions, walked by the merged dimensions as the shaders do.
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let layout = engine::Layout::contiguous(&[2, 3, 4]).permute(&order);
            let walk = Walk::new(&layout.shape, &[&layout.strides]);
            let places: Vec<usize> = (0..24usize)
                .map(|i| {
                    let (mut rest, mut at) = (i, 0);
                    for d in (0..walk.shape.len()).rev() {
                        at += (rest % walk.shape[d]) as isize * walk.strides[0][d];
                        rest /= walk.shape[d];
                    }
                    at as usize
                })
                .collect();
            assert_eq!(places, layout.positions().collect::<Vec<_>>(), "{order:?}");
        }
    }

    #[test]
    fn too_many_dimensions_are_an_error() {
        let shape = [2; 9];
        let strides: Vec<isize> = (0..9).map(|d| 3isize.pow(d)).collect();
        let params = Params::new(512, 1).walks(&Walk::new(&shape, &[&strides]), None);
        assert!(matches!(params, Err(Error::Unsupported { .. })), "{params:?}");
    }
}
