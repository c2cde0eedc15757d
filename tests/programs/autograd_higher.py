# torch.autograd.grad, derivatives of derivatives, Jacobians and Hessians by rows.
import torch
from torch.autograd import grad

x = torch.tensor(2.0, requires_grad=True)
y = x ** 4
(first,) = grad(y, x, create_graph=True)
(second,) = grad(first, x, create_graph=True)
third = grad(second, x)[0]
print(first, second, third)

a = torch.tensor([1., 2., 3.], requires_grad=True)
b = torch.tensor([4., 5., 6.], requires_grad=True)
print(grad((a * b).sum(), [a, b]), grad((a * b).sum(), (a,)), grad(a * b, a, grad_outputs=torch.ones(3)), a.grad)
print(grad(a.sum(), [a, b], allow_unused=True))


def jacobian(f, x):
    y = f(x)
    rows = [grad(y[i], x, retain_graph=True)[0] for i in range(len(y))]
    return torch.stack(rows)


def hessian(f, x):
    (g,) = grad(f(x), x, create_graph=True)
    return torch.stack([grad(g[i], x, retain_graph=True)[0] for i in range(len(g))])


def spiral(p):
    return torch.stack([p[0] * p[1], p[1] ** 2, p.sum()])


p = torch.tensor([2., 3.], requires_grad=True)
print(jacobian(spiral, p))
print(torch.autograd.functional.jacobian(spiral, torch.tensor([2., 3.])))


def rosenbrock(p):
    return (1 - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2


print(rosenbrock(p), grad(rosenbrock(p), p)[0], hessian(rosenbrock, p))
print(torch.autograd.functional.hessian(rosenbrock, torch.tensor([2., 3.])))

x.grad = None
y = x ** 3
y.backward(retain_graph=True)
y.backward()
print(x.grad)
x.grad = None
z = x.sin()
z.backward(create_graph=True)
print(x.grad.requires_grad, "%.4f" % x.grad.item())
x.grad.backward()
print("%.4f" % x.grad.item())

w = torch.tensor([1., -2.], requires_grad=True)
inputs = torch.tensor([[1., 2.], [3., 4.], [-1., 0.5]], requires_grad=True)
out = torch.tanh(inputs @ w)
(g,) = grad(out.sum(), inputs, create_graph=True)
penalty = ((g.norm(dim=1) - 1) ** 2).mean()
penalty.backward()
print("%.4f" % penalty.item(), w.grad)
e = torch.linspace(0, 1, 5, requires_grad=True)
u = torch.exp(-e) * e ** 2
(du,) = grad(u.sum(), e, create_graph=True)
(ddu,) = grad(du.sum(), e)
print(du, ddu, sep="\n")
newton = torch.tensor(1.0, requires_grad=True)
for i in range(5):
    f = newton ** 2 - 2
    (df,) = grad(f, newton)
    newton = (newton - f / df).detach().requires_grad_()
    print(i, "%.6f" % newton.item())
