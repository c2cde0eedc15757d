//! Running sums, products and extremes, and sorting, along the last dimension.

use engine::{DType, Dims, Result, Scan, Target};

use super::reduce::rows;
use super::{GROUP, Launch, Plan, Slot, View, launch};
use crate::shaders::Variant;

/// A workgroup for each row.
pub(super) fn scan(op: Scan, x: &View, output: &Target<'_>) -> Result<Plan> {
    let (params, count, _) = rows(x)?;
    Ok(launch(Variant::scan(op, x.dtype)?, &[x], output, params, count).into())
}

/// Sorts each row. Indices go back and forth between the output and a buffer of the plan's own.
pub(super) fn argsort(descending: bool, x: &View, output: &Target<'_>) -> Result<Plan> {
    let (launches, words) = sorted(descending, x, [Slot::Buffer(output.buffer), Slot::Scratch], output)?;
    let scratch = if launches.len() > 1 { words } else { 0 };
    Ok(Plan { launches, scratch, spare: 0 })
}

/// Sorts blocks of 256 elements, then merges them in pairs until a row is one run: the indices end in the first of
/// two buffers, which are written in turns. Gives back how many words each of them takes.
pub(super) fn sorted(
    descending: bool,
    x: &View,
    [last, other]: [Slot; 2],
    output: &Target<'_>,
) -> Result<(Vec<Launch>, usize)> {
    let (params, count, length) = rows(x)?;
    let blocks = length.div_ceil(GROUP);
    let merges = blocks.next_power_of_two().ilog2() as usize;
    let holder = |step: usize| if (merges - step).is_multiple_of(2) { last } else { other };
    let first = params.clone().more([blocks as u32, 0, 0, 0]);
    let first = launch(Variant::argsort(x.dtype, descending)?, &[x], output, first, count * blocks);
    let mut launches = vec![Launch { outputs: vec![holder(0)], ..first }];
    for step in 0..merges {
        let runs = View {
            slot: holder(step),
            dtype: DType::Int64,
            shape: Dims::repeat(count * length, 1),
            strides: Dims::repeat(1, 1),
            offset: 0,
        };
        let params = params.clone().more([(GROUP << step) as u32, 0, 0, 0]);
        let groups = (count * length).div_ceil(GROUP);
        let merge = launch(Variant::merge(x.dtype, descending)?, &[x, &runs], output, params, groups);
        launches.push(Launch { outputs: vec![holder(step + 1)], ..merge });
    }
    Ok((launches, count * length))
}

#[cfg(test)]
mod tests {
    use engine::Layout;

    use super::*;

    #[test]
    fn runs_are_merged_until_there_is_one_in_the_output() -> Result<()> {
        for (length, merges) in [(1, 0), (256, 0), (257, 1), (600, 2), (1024, 2), (1025, 3), (4097, 5)] {
            let layout = Layout::contiguous(&[3, length]);
            let (slot, dtype) = (Slot::Buffer(0), DType::Float32);
            let x =
                View { slot, dtype, shape: layout.shape.clone(), strides: layout.strides.clone(), offset: 0 };
            let target = Target { buffer: 1, dtype: DType::Int64, layout: &layout };
            let plan = argsort(false, &x, &target)?;
            let entries: Vec<_> = plan.launches.iter().map(|launch| launch.recipe.entry()).collect();
            let expected: Vec<_> = ["argsort"].into_iter().chain(vec!["merge"; merges]).collect();
            assert_eq!(entries, expected, "{length}");
            assert_eq!(plan.launches[merges].outputs, [Slot::Buffer(1)]);
            for pair in plan.launches.windows(2) {
                assert_eq!(pair[1].inputs, [slot, pair[0].outputs[0]], "what one gives the next one takes");
                assert_ne!(pair[1].outputs, pair[0].outputs);
            }
            assert_eq!(plan.scratch, if merges > 0 { 3 * length } else { 0 });
        }
        Ok(())
    }
}
