# The mistakes that everyone makes with autograd, and what PyTorch says.
import torch


def attempt(name, f):
    try:
        f()
        print(name, "went well")
    except Exception as e:
        print("%s\n  %s: %s" % (name, type(e).__name__, e))


x = torch.tensor([1., 2.], requires_grad=True)


def twice():
    y = (x ** 2).sum()
    y.backward()
    y.backward()


def in_place_leaf():
    x.add_(1)


def in_place_saved():
    y = x.exp()
    y.add_(1)
    y.sum().backward()


def leaf_in_no_grad():
    with torch.no_grad():
        x.add_(1)


def integers():
    torch.tensor([1, 2], requires_grad=True)


def to_numpy():
    (x * 2).numpy()


def wrong_grad_shape():
    (x * 2).backward(torch.ones(3))


def unused():
    z = torch.ones(1, requires_grad=True)
    torch.autograd.grad(x.sum(), z)


def item_of_many():
    x.item()


def truth_of_many():
    if x > 0:
        pass


def hook_without_grad():
    torch.ones(2).register_hook(print)


def set_flag_inside():
    y = x * 2
    y.requires_grad = False


def assign_wrong_grad():
    x.grad = torch.ones(3)


attempt("backward of a vector", lambda: (x * 2).backward())
attempt("backward twice", twice)
attempt("in place on a leaf", in_place_leaf)
attempt("in place on what backward needs", in_place_saved)
attempt("in place without gradients", leaf_in_no_grad)
attempt("backward of a constant", lambda: torch.ones(2).sum().backward())
attempt("backward of a detached loss", lambda: (x * 2).detach().sum().backward())
attempt("gradients of integers", integers)
attempt("numpy of a tensor with a past", to_numpy)
attempt("a gradient of another shape", wrong_grad_shape)
attempt("a tensor that was not used", unused)
attempt("item of many", item_of_many)
attempt("truth of many", truth_of_many)
attempt("a hook without gradients", hook_without_grad)
attempt("a flag inside the graph", set_flag_inside)
attempt("a gradient of the wrong size", assign_wrong_grad)
attempt("a slice of a leaf", lambda: x.__setitem__(0, 5.))
