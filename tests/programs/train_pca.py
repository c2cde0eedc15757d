# Principal components by power iteration; Newton's method; least squares.
import torch

torch.manual_seed(0)
latent = torch.randn(100, 1)
X = latent @ torch.tensor([[3.0, 2.0, -1.0]]) + 0.1 * torch.randn(100, 3)
X = X - X.mean(0)
cov = X.t() @ X / (len(X) - 1)


def power_iteration(A, steps=50):
    v = torch.ones(A.size(0))
    for _ in range(steps):
        v = A @ v
        v = v / v.norm()
    return v, v @ A @ v


v, value = power_iteration(cov)
print("first component", v, "explains %.3f" % (value / cov.trace()))
deflated = cov - value * torch.outer(v, v)
v2, value2 = power_iteration(deflated)
print("second smaller:", bool(value2 < value / 100), "orthogonal:", abs((v @ v2).item()) < 1e-3)
projected = X @ v
print(projected.shape, "reconstruction error %.3f" % ((X - projected[:, None] * v) ** 2).sum().sqrt())
truth = torch.tensor([3.0, 2.0, -1.0])
print("angle %.2f" % torch.acos((v @ truth / truth.norm()).abs().clamp(max=1)))


def newton(f, x, steps=8):
    for i in range(steps):
        x = x.detach().requires_grad_()
        (g,) = torch.autograd.grad(f(x), x, create_graph=True)
        H = torch.stack([torch.autograd.grad(gi, x, retain_graph=True)[0] for gi in g])
        det = H[0, 0] * H[1, 1] - H[0, 1] * H[1, 0]
        inverse = torch.stack([torch.stack([H[1, 1], -H[0, 1]]), torch.stack([-H[1, 0], H[0, 0]])]) / det
        x = x - inverse @ g
        print(i, ["%.4f" % c for c in x.tolist()], "%.4f" % f(x).item())
        if g.norm() < 1e-3:
            break
    return x.detach()


newton(lambda p: (p[0] - 1) ** 4 + (p[0] - 1) ** 2 + 0.5 * p[0] * p[1] + (p[1] + 2) ** 2, torch.tensor([2.0, 1.0]))


def solve(A, b):
    A, b, n = A.clone(), b.clone(), len(b)
    for i in range(n):
        pivot = A[i:, i].abs().argmax().item() + i
        if pivot != i:
            A[[i, pivot]] = A[[pivot, i]]
            b[[i, pivot]] = b[[pivot, i]]
        for j in range(i + 1, n):
            m = A[j, i] / A[i, i]
            A[j] -= m * A[i]
            b[j] -= m * b[i]
    x = torch.zeros(n)
    for i in reversed(range(n)):
        x[i] = (b[i] - A[i] @ x) / A[i, i]
    return x


A = torch.tensor([[0., 2., 1.], [1., -2., -3.], [-1., 1., 2.]])
print([round(v, 3) for v in solve(A, torch.tensor([-8., 0., 3.])).tolist()])
t = torch.arange(10.)
V = torch.stack([t ** k for k in range(3)], 1)
y = 2 - t + 0.5 * t ** 2
print([round(v, 2) for v in solve((V.t() @ V).double().float(), V.t() @ y).tolist()])
