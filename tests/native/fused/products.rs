//! Products that compute what becomes of their elements.

use engine::Tensor;

use super::{both, names, noise};

#[test]
fn a_product_computes_what_becomes_of_its_elements() {
    let sizes: [[&[usize]; 2]; 5] = [
        [&[7, 9], &[9, 6]],
        [&[33, 70], &[70, 12]],
        [&[3, 4, 5], &[3, 5, 8]],
        [&[1, 1], &[1, 1]],
        [&[4, 0], &[0, 3]],
    ];
    for [x, y] in sizes {
        let n = y[y.len() - 1];
        let ran = both(|e| {
            let (x, y, b) = (noise(e, x, 1), noise(e, y, 2), noise(e, &[n], 3));
            Ok(vec![x.matmul(&y)?.add(&b)?.relu()?])
        });
        assert_eq!(names(&ran), [["matmul", "add", "relu"]]);
        assert_eq!(ran[0].explanation.source, "r2 = add(r0, r1)\nr3 = relu(r2)\n", "r0 is the product");
        // The product itself is wanted too, and so is what a second kernel makes of it.
        let ran = both(|e| {
            let (x, y, b) = (noise(e, x, 1), noise(e, y, 2), noise(e, &[n], 3));
            let product = x.matmul(&y)?;
            let sum = product.add(&b)?;
            Ok(vec![product.gt(0.1)?, product.exp()?, sum.mul(&sum)?, sum, product])
        });
        assert_eq!(names(&ran), [vec!["matmul", "add", "mul"], vec!["gt"], vec!["exp"]]);
    }
}

#[test]
fn a_product_and_its_program_are_bound_to_eight_buffers_at_most() {
    // Factors are bound where they are numbers, or read by the program too: with them, the program has room for six.
    for others in 3..=7 {
        let ran = both(|e| {
            let zero = e.zeros(&[6, 6])?;
            let x = noise(e, &[6, 6], 1);
            let more: Vec<Tensor> = (0..others).map(|i| noise(e, &[6, 6], 2 + i)).collect();
            let sum = |first: Tensor| more.iter().try_fold(first, |sum, more| sum.add(more));
            Ok(vec![sum(zero.matmul(&x)?)?, sum(x.matmul(&x)?.mul(&x)?)?])
        });
        assert!(ran.len() <= 6, "{:?}", names(&ran));
    }
}

#[test]
fn a_product_is_by_itself_where_its_elements_are_needed_in_another_order() {
    let ran = both(|e| {
        let (x, y, b) = (noise(e, &[6, 9], 1), noise(e, &[9, 6], 2), noise(e, &[6], 3));
        let product = x.matmul(&y)?;
        Ok(vec![product.add(&product.t()?)?, product.slice(0, 1, 4, 1)?.add(&b)?])
    });
    assert_eq!(names(&ran), [vec!["matmul"], vec!["add"], vec!["add"]]);
    // Nor does it wait for itself.
    let ran = both(|e| {
        let (x, y) = (noise(e, &[6, 6], 1), noise(e, &[6, 6], 2));
        let product = x.matmul(&y)?;
        Ok(vec![product.add(&product.matmul(&y)?)?])
    });
    assert_eq!(names(&ran), [vec!["matmul"], vec!["matmul", "add"]]);
}
