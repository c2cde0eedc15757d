//! Writing to tensors of a graph: views, versions and what is refused. The numbers and texts are PyTorch 1.13's.

use engine::Tensor;
use tests::modes;

use crate::{leaf, values};

fn gradient(x: &Tensor) -> Vec<f32> {
    values(&x.grad().expect("a gradient"))
}

#[test]
fn a_write_becomes_the_past_of_the_tensor() {
    for engine in modes::both() {
        let (x, w) = (leaf(&engine, &[1.0, 2.0, 3.0]), leaf(&engine, &[4.0, 5.0, 6.0]));
        let y = x.mul(2.0).expect("y");
        y.mul_(&w).and_then(|()| y.pow_(2.0)).expect("the old values are kept");
        assert_eq!(values(&y), [64.0, 400.0, 1296.0]);
        y.sum(&[], false).and_then(|s| s.backward()).expect("backward");
        // y = (2xw)²: dx = 8xw², dw = 8x²w
        assert_eq!(gradient(&x), [128.0, 400.0, 864.0]);
        assert_eq!(gradient(&w), [32.0, 160.0, 432.0]);
        assert_eq!(y.version(), 2);
    }
}

#[test]
fn a_write_to_a_view_reaches_the_base_and_other_views() {
    for engine in modes::both() {
        let x = leaf(&engine, &[1.0, 2.0, 3.0]);
        let y = x.mul(2.0).expect("y");
        let (head, tail) = (y.slice(0, 0, 2, 1).expect("head"), y.slice(0, 1, 3, 1).expect("tail"));
        head.mul_(3.0).expect("a write");
        let name = |t: &Tensor| t.grad_fn().expect("a past").grad_fn();
        assert_eq!([name(&y), name(&head)], ["CopySlices", "AsStridedBackward0"]);
        assert_eq!(name(&tail), "AsStridedBackward0");
        tail.mul(&tail).and_then(|t| t.sum(&[], false)).and_then(|s| s.backward()).expect("backward");
        // tail = (6x₁, 2x₂)
        assert_eq!(gradient(&x), [0.0, 144.0, 24.0]);
    }
}

#[test]
fn what_was_overwritten_gets_no_gradient() {
    for engine in modes::both() {
        let x = leaf(&engine, &[1.0, 2.0, 3.0]);
        let buffer = engine.zeros(&[4]).expect("a constant");
        buffer.slice(0, 1, 4, 1).and_then(|part| part.copy_(&x)).expect("a write");
        buffer.slice(0, 3, 4, 1).and_then(|part| part.zero_()).expect("a write");
        buffer.sum(&[], false).and_then(|s| s.backward()).expect("backward");
        assert_eq!(gradient(&x), [1.0, 1.0, 0.0]);
    }
}

#[test]
fn refusals_speak_as_pytorch_does() {
    for engine in modes::both() {
        let x = leaf(&engine, &[1.0, 2.0, 3.0]);
        let text = |done: engine::Result<()>| done.expect_err("this must fail").to_string();
        assert_eq!(
            text(x.add_(1.0, 1.0)),
            "a leaf Variable that requires grad is being used in an in-place operation."
        );
        let head = x.slice(0, 0, 2, 1).expect("a view");
        assert_eq!(
            text(head.add_(1.0, 1.0)),
            "a view of a leaf Variable that requires grad is being used in an in-place operation."
        );
        let whole = engine.tensor(vec![1i64, 2], &[2]).expect("it fits");
        assert_eq!(
            text(whole.add_(1.5, 1.0)),
            "result type Float can't be cast to the desired output type Long"
        );
        let (three, wide) = (engine.zeros(&[3]).expect("zeros"), engine.zeros(&[2, 3]).expect("zeros"));
        assert_eq!(
            text(three.add_(&wide, 1.0)),
            "output with shape [3] doesn't match the broadcast shape [2, 3]"
        );
        let repeated = engine.zeros(&[1]).and_then(|t| t.expand(&[3])).expect("a view");
        assert!(
            text(repeated.add_(1.0, 1.0)).starts_with("unsupported operation: more than one element of the")
        );
        let y = x.exp().expect("y");
        y.add_(1.0, 1.0).expect("a write");
        assert!(text(y.sum(&[], false).and_then(|s| s.backward())).starts_with(
            "one of the variables needed for gradient computation has been modified by an inplace operation: \
         [torch.FloatTensor [3]], which is output 0 of"
        ));
    }
}

#[test]
fn inference_tensors_stay_out_of_graphs() {
    for engine in modes::both() {
        let x = leaf(&engine, &[1.0, 2.0]);
        let z = engine.inference_mode(|| engine.ones(&[2])).expect("ones");
        assert!(z.is_inference() && !z.mul(2.0).expect("a normal tensor").is_inference());
        assert!(x.add(&z).expect("nothing is saved").requires_grad());
        let text = x.mul(&z).expect_err("it would be saved").to_string();
        assert!(text.starts_with("Inference tensors cannot be saved for backward."), "{text}");
        let text = z.add_(1.0, 1.0).expect_err("it is outside").to_string();
        assert!(text.starts_with("Inplace update to inference tensor outside InferenceMode"), "{text}");
    }
}

#[test]
fn data_is_not_counted_and_detach_is() {
    for engine in modes::both() {
        let x = engine.ones(&[2]).expect("ones");
        x.data().add_(1.0, 1.0).expect("a write");
        assert_eq!((x.version(), values(&x)), (0, vec![2.0, 2.0]));
        x.detach().zero_().expect("a write");
        assert_eq!((x.version(), values(&x)), (1, vec![0.0, 0.0]));
    }
}
