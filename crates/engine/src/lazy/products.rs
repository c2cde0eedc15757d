//! Products that compute what is read of them element by element: a bias, an activation, the update of what the product is
//! the gradient of.

use std::rc::Rc;

use super::Input;
use super::operand::producer;
use super::plan::{Kind, Planner, dependencies};
use crate::backend::Kernel;
use crate::dtype::DType;

impl Planner<'_> {
    /// Merges products with elementwise tasks that read them.
    pub(super) fn merge_products(&mut self) {
        for i in 0..self.tasks.len() {
            let mut groups = self.readers[i].iter().map(|&reader| self.group[reader]);
            if self.is_product(i)
                && let Some(group) = groups.find(|&group| self.takes(i, group))
            {
                self.merge(i, group);
            }
        }
    }

    pub(super) fn is_product(&self, task: usize) -> bool {
        let task = &self.tasks[task];
        task.kernel == Kernel::MatMul { then: None } && task.write.is_none()
    }

    /// Whether one kernel may compute a product and what the tasks of a group make of it.
    fn takes(&self, product: usize, group: usize) -> bool {
        let Some(members) = self.members.get(&group) else { return false };
        members.iter().all(|&task| self.map(task).is_some() && self.reads_evenly_only(product, task))
            && dependencies(&self.tasks[product]).all(|task| self.group[task] != group)
            && self.fits(product, group)
            && !self.is_between(product, group)
    }

    /// Whether all that a task reads of a product is its element at the same place. No kernel writes single bytes.
    fn reads_evenly_only(&self, product: usize, task: usize) -> bool {
        let (from, to) = (&self.tasks[product].shape, &self.tasks[task].shape);
        let same = to == from || (from[0] == 1 && **to == from[1..]);
        let even = |input: &Input| {
            let layout = &input.layout;
            same && layout.shape == *to && layout.offset == 0 && layout.is_contiguous()
        };
        let mut read = self.tasks[task].inputs.iter().filter(|input| producer(input) == Some(product));
        self.tasks[task].dtype != DType::UInt8 && read.all(even)
    }

    /// The kernel for a product and the other tasks of its group.
    pub(super) fn product(&self, product: usize, group: usize) -> Kind {
        let members = self.members[&group].iter().copied();
        let maps: Vec<usize> = members.filter(|&task| task != product).collect();
        let mut outputs = self.outputs(group);
        let kept = outputs.contains(&product);
        outputs.retain(|&task| task != product);
        let reads = |&task: &usize| {
            let inputs = &self.tasks[task].inputs;
            inputs.iter().position(|input| producer(input) == Some(product)).map(|k| (task, k))
        };
        let (program, places) = self.program(&maps, &outputs, maps.iter().find_map(reads));
        if kept {
            outputs.push(product);
        }
        let factors = [(product, 0), (product, 1)].into_iter();
        let inputs = factors.chain(places.into_iter().skip(1)).collect();
        Kind::Merged { kernel: Kernel::MatMul { then: Some(Rc::new(program)) }, inputs, outputs }
    }
}
