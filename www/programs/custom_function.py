import torch


class Swish(torch.autograd.Function):
    """x · sigmoid(x), with a derivative written by hand."""

    @staticmethod
    def forward(ctx, x):
        s = torch.sigmoid(x)
        ctx.save_for_backward(x, s)
        return x * s

    @staticmethod
    def backward(ctx, g):
        x, s = ctx.saved_tensors
        return g * (s + x * s * (1 - s))


x = torch.linspace(-2, 2, 5, dtype=torch.float64, requires_grad=True)
y = Swish.apply(x)
y.sum().backward()
print(y.detach())
print(x.grad)

# gradcheck compares the derivative with finite differences.
print("agrees:", torch.autograd.gradcheck(Swish.apply, (x,)))
