# Functions of one's own: forward, backward, saved tensors, gradcheck.
import torch
from torch.autograd import Function, gradcheck


class Exp(Function):
    @staticmethod
    def forward(ctx, i):
        result = i.exp()
        ctx.save_for_backward(result)
        return result

    @staticmethod
    def backward(ctx, grad_output):
        (result,) = ctx.saved_tensors
        return grad_output * result


class MyReLU(torch.autograd.Function):
    """max(x, 0), written out."""

    @staticmethod
    def forward(ctx, input):
        ctx.save_for_backward(input)
        return input.clamp(min=0)

    @staticmethod
    def backward(ctx, grad_output):
        input, = ctx.saved_tensors
        grad_input = grad_output.clone()
        grad_input[input < 0] = 0
        return grad_input


class Linear(Function):
    @staticmethod
    def forward(ctx, input, weight, bias=None):
        ctx.save_for_backward(input, weight, bias)
        output = input.mm(weight.t())
        if bias is not None:
            output += bias.unsqueeze(0).expand_as(output)
        return output

    @staticmethod
    def backward(ctx, grad_output):
        input, weight, bias = ctx.saved_tensors
        grad_input = grad_weight = grad_bias = None
        if ctx.needs_input_grad[0]:
            grad_input = grad_output.mm(weight)
        if ctx.needs_input_grad[1]:
            grad_weight = grad_output.t().mm(input)
        if bias is not None and ctx.needs_input_grad[2]:
            grad_bias = grad_output.sum(0)
        return grad_input, grad_weight, grad_bias


class Scale(Function):
    @staticmethod
    def forward(ctx, x, factor):
        ctx.factor = factor
        return x * factor

    @staticmethod
    def backward(ctx, g):
        print("backward of Scale by", ctx.factor)
        return g * ctx.factor, None


class Reverse(Function):
    @staticmethod
    def forward(ctx, x):
        return x.view_as(x)

    @staticmethod
    def backward(ctx, g):
        return -g


x = torch.tensor([-1., 0.5, 2.], requires_grad=True)
y = Exp.apply(x)
print(y, type(y.grad_fn).__name__)
y.sum().backward()
print(x.grad, torch.allclose(x.grad, x.detach().exp()))
x.grad = None
relu = MyReLU.apply
(relu(x) * torch.arange(3.)).sum().backward()
print(x.grad)
inp = torch.tensor([[1., 2.], [3., 4.]])
w = torch.tensor([[1., -1.], [0.5, 2.], [0., 1.]], requires_grad=True)
b = torch.zeros(3, requires_grad=True)
out = Linear.apply(inp, w, b)
out.pow(2).sum().backward()
print(out, w.grad, b.grad, Linear.apply(inp, w).shape)
x.grad = None
Scale.apply(Scale.apply(x, 3), 2).sum().backward()
print(x.grad)
x.grad = None
(Reverse.apply(x * 2) + x).sum().backward()
print(x.grad)
torch.manual_seed(0)
double = lambda *shape: torch.randn(*shape, dtype=torch.double, requires_grad=True)
print(gradcheck(Exp.apply, (double(4),)))
print(gradcheck(Linear.apply, (double(2, 3), double(4, 3), double(4)), eps=1e-6, atol=1e-4))
try:
    gradcheck(Reverse.apply, (double(2),))
except RuntimeError as e:
    print(type(e).__name__, str(e).split(",")[0])
