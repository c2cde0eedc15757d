//! Which records are kept, of a long run.

use std::collections::{HashSet, VecDeque};

use super::Graph;
use crate::record::Record;

/// Records that are kept: the newest, of which half may be of backward passes. A program has more of those, and they show
/// only when asked for.
const MOST: usize = 2000;
/// As many more may be there: they are dropped together, because it takes a look at all that is known.
const SPARE: usize = 200;
/// Bytes that computed values may take: then, too, the oldest records are dropped.
const BYTES: u64 = 256 << 20;

impl Graph {
    /// Puts a record behind the others, and drops old ones where there are too many.
    pub(super) fn push(&mut self, record: Record) {
        self.by_tensor.insert(record.tensor.id(), record.id);
        self.bytes += record.bytes();
        self.records.push_back(record);
        if self.records.len() > MOST + SPARE {
            let back = self.records.iter().filter(|record| record.of_backward).count() > MOST / 2;
            self.drop_oldest(SPARE + 1, |record| record.of_backward || !back);
        } else if self.bytes > BYTES {
            // What is computed now stays, however large it is.
            let (mut bytes, mut count) = (self.bytes, 0);
            while bytes > BYTES / 4 * 3 && count + 1 < self.records.len() {
                bytes -= self.records[count].bytes();
                count += 1;
            }
            self.drop_oldest(count, |_| true);
        }
    }

    /// Drops so many records of some kind.
    fn drop_oldest(&mut self, mut count: usize, kind: impl Fn(&Record) -> bool) {
        let old: VecDeque<Record>;
        (old, self.records) = std::mem::take(&mut self.records).into_iter().partition(|record| {
            let drop = count > 0 && kind(record);
            count -= usize::from(drop);
            drop
        });
        self.bytes -= old.iter().map(Record::bytes).sum::<u64>();
        self.dropped += old.len() as u64;
        let old: HashSet<u32> = old.iter().map(|record| record.id).collect();
        self.by_tensor.retain(|_, id| !old.contains(id));
        self.by_node.retain(|_, id| !old.contains(id));
        self.by_leaf.retain(|_, id| !old.contains(id));
    }
}
