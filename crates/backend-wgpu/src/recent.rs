//! What is kept as long as it is used now and then.

use std::collections::HashMap;
use std::hash::Hash;

/// Values by their keys. Of two generations the older one is dropped when the younger one is full; what is used moves to
/// the younger one.
pub(crate) struct Recent<K, V> {
    young: HashMap<K, V>,
    old: HashMap<K, V>,
    /// Values in a generation, at most.
    most: usize,
}

impl<K: Eq + Hash, V: Clone> Recent<K, V> {
    pub(crate) fn new(most: usize) -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), most }
    }

    pub(crate) fn get(&mut self, key: &K) -> Option<V> {
        if let Some(value) = self.young.get(key) {
            return Some(value.clone());
        }
        let (key, value) = self.old.remove_entry(key)?;
        self.keep(key, value.clone());
        Some(value)
    }

    pub(crate) fn keep(&mut self, key: K, value: V) {
        if self.young.len() >= self.most {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_stays_and_what_is_not_goes() {
        let mut recent = Recent::new(3);
        for key in 0..20 {
            recent.keep(key, 10 * key);
            assert_eq!(recent.get(&0), Some(0), "it was used a moment ago");
            assert!(recent.young.len() + recent.old.len() <= 6);
        }
        assert_eq!(recent.get(&19), Some(190));
        assert_eq!(recent.get(&1), None, "nobody asked for it");
    }
}
