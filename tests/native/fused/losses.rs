//! The loss of classifiers and its gradient in one kernel.

use engine::{Engine, Result, Tensor, nn};

use super::{both, noise};

/// Scores, and classes of which every third is not to count.
fn scores(e: &Engine, [rows, classes]: [usize; 2]) -> Result<[Tensor; 2]> {
    let x = noise(e, &[rows, classes], 1).mul(5.0)?;
    x.requires_grad_(true)?;
    let class = |row: usize| if row % 3 == 1 { -100 } else { (row * 7 % classes) as i64 };
    Ok([x, e.tensor((0..rows).map(class).collect::<Vec<_>>(), &[rows])?])
}

fn merged(ran: &[engine::Launched]) -> usize {
    ran.iter().filter(|kernel| kernel.explanation.name == "cross_entropy_both").count()
}

#[test]
fn a_loss_and_its_gradient_are_one_kernel() {
    // Rows of a block, of several, and that are longer than one.
    for size in [[1, 3], [32, 10], [700, 10], [5, 3000], [2, 1]] {
        let ran = both(|e| {
            let [x, y] = scores(e, size)?;
            let loss = x.softmax_cross_entropy(&y, -100)?;
            loss.backward()?;
            Ok(vec![loss.detach(), x.grad().expect("x has a gradient")])
        });
        assert_eq!(merged(&ran), 1, "{size:?}");
        assert_eq!(ran.len(), 2, "the scores and the loss: {size:?}");
    }
}

#[test]
fn scores_that_lie_transposed_are_read_where_they_lie() {
    let ran = both(|e| {
        let x = noise(e, &[6, 40], 1);
        x.requires_grad_(true)?;
        let y = e.tensor((0..40).map(|row| row % 6).collect::<Vec<i64>>(), &[40])?;
        let loss = x.t()?.softmax_cross_entropy(&y, -100)?;
        loss.backward()?;
        Ok(vec![loss.detach(), x.grad().expect("x has a gradient")])
    });
    assert_eq!(merged(&ran), 1);
}

#[test]
fn a_gradient_that_depends_on_the_loss_waits_for_it() {
    let ran = both(|e| {
        let [x, y] = scores(e, [20, 4])?;
        let loss = x.softmax_cross_entropy(&y, -100)?;
        loss.mul(&loss)?.backward()?;
        Ok(vec![loss.detach(), x.grad().expect("x has a gradient")])
    });
    assert_eq!(merged(&ran), 0);
}

#[test]
fn losses_of_the_same_scores_keep_their_own_gradients() {
    let ran = both(|e| {
        let [x, y] = scores(e, [20, 4])?;
        let other = y.add(101)?.remainder(4)?;
        let (first, second) = (nn::cross_entropy(&x, &other)?, x.softmax_cross_entropy(&y, -100)?);
        first.add(&second.mul(3.0)?)?.backward()?;
        Ok(vec![first.detach(), second.detach(), x.grad().expect("x has a gradient")])
    });
    assert_eq!(merged(&ran), 2);
}
