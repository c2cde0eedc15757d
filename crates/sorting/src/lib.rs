//! Stable sorting whose code is in the page once. The standard library's is compiled anew for each type and each
//! comparison, four kilobytes a time, which is right where numbers are sorted and not where a dozen names are.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Sorts as [`slice::sort_by`] does.
pub fn sort_by<T>(all: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut place = places(all.len(), &mut |i, j| compare(&all[i], &all[j]));
    for i in 0..all.len() {
        while place[i] != i {
            let to = place[i];
            all.swap(i, to);
            place.swap(i, to);
        }
    }
}

/// Sorts as [`slice::sort_by_key`] does.
pub fn sort_by_key<T, K: Ord>(all: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(all, |one, other| key(one).cmp(&key(other)));
}

/// A set of these: `collect` would sort them first.
pub fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

/// A map with these entries, the last one of several with one key.
pub fn map<K: Ord, V>(entries: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(entries);
    map
}

/// Where each of `count` things belongs.
fn places(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&i, &j| compare(i, j));
    let mut place = vec![0; count];
    for (to, from) in order.into_iter().enumerate() {
        place[from] = to;
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_sorts_as_the_standard_library_does() {
        let mut seed = 7u32;
        for count in [0, 1, 2, 3, 30, 300] {
            let mut all: Vec<(u32, usize)> = (0..count)
                .map(|i| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (seed >> 28, i)
                })
                .collect();
            let mut expected = all.clone();
            expected.sort_by_key(|&(key, _)| key);
            sort_by_key(&mut all, |&(key, _)| key);
            assert_eq!(all, expected, "also what is equal stays in order");
            expected.sort_by(|one, other| other.cmp(one));
            sort_by(&mut all, |one, other| other.cmp(one));
            assert_eq!(all, expected);
        }
    }
}
