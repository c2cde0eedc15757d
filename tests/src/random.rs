//! Numbers that look random, the same in every run.

/// Xorshift, from any state but 0.
pub struct Random(pub u64);

impl Random {
    /// One of the numbers below `n`; 0, if there is none.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }

    /// One of a list of texts; nothing, if it is empty.
    pub fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list.get(self.below(list.len())).copied().unwrap_or_default()
    }
}
