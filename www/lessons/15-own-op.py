import torch


class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x ** 3

    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return g * 2 * x ** 2


x = torch.tensor([1.0, 2.0, -0.5], dtype=torch.float64, requires_grad=True)
Cube.apply(x).sum().backward()
print("backward says  ", x.grad)

# Finite differences: move each element a little, and see what comes of it.
with torch.no_grad():
    step = 1e-5
    slope = ((x + step) ** 3 - (x - step) ** 3) / (2 * step)
print("differences say", slope)
print("they agree:", torch.allclose(x.grad, slope))
