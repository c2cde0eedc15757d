# Gradients of many functions, each held against finite differences.
import torch
import torch.nn.functional as F

torch.manual_seed(0)


def check(name, f, *shapes):
    inputs = [torch.rand(*s, dtype=torch.double) * 0.8 + 0.1 for s in shapes]
    for t in inputs:
        t.requires_grad_()
    f(*inputs).sum().backward()
    worst = 0.0
    for t in inputs:
        flat, grad = t.data.view(-1), t.grad.view(-1)
        for i in range(flat.numel()):
            old = flat[i].item()
            flat[i] = old + 1e-6
            up = f(*inputs).sum().item()
            flat[i] = old - 1e-6
            down = f(*inputs).sum().item()
            flat[i] = old
            worst = max(worst, abs((up - down) / 2e-6 - grad[i].item()))
    print("%-14s %s" % (name, "ok" if worst < 1e-6 else "off by %g" % worst))


target = torch.tensor([1, 0, 2])
table = [
    ("matmul", lambda a, b: (a @ b) ** 2, (2, 3), (3, 2)),
    ("broadcast", lambda a, b: a * b + b / a, (2, 3), (3,)),
    ("softmax", lambda a: a.softmax(1) * torch.arange(3), (2, 3)),
    ("log_softmax", lambda a: a.log_softmax(1)[:, 1], (2, 3)),
    ("cross_entropy", lambda a: F.cross_entropy(a, target), (3, 4)),
    ("bce", lambda a: F.binary_cross_entropy(a, torch.tensor([0., 1.]).double()), (2,)),
    ("tanh", lambda a: a.tanh() * a.sigmoid(), (4,)),
    ("exp log sqrt", lambda a: a.exp() * a.log() + a.sqrt(), (4,)),
    ("sin cos", lambda a: a.sin() * (2 * a).cos(), (4,)),
    ("pow", lambda a, b: a ** b, (3,), (3,)),
    ("mean var", lambda a: (a - a.mean(0)) / (a.var(0) + 0.1).sqrt(), (3, 2)),
    ("norm", lambda a: a.norm(dim=1), (2, 3)),
    ("max", lambda a: a.max(dim=1)[0] + a.min(dim=1)[0], (3, 4)),
    ("cumsum", lambda a: a.cumsum(0) ** 2, (4,)),
    ("prod", lambda a: a.prod(1), (2, 3)),
    ("index", lambda a: a[[0, 2, 2], [1, 0, 0]] ** 2, (3, 2)),
    ("mask", lambda a: a[a > 0.5] ** 2, (6,)),
    ("gather", lambda a: a.gather(1, torch.tensor([[0, 1], [1, 1]])) ** 2, (2, 2)),
    ("cat stack", lambda a, b: torch.cat([a, b]).prod() + torch.stack([a, b]).std(), (3,), (3,)),
    ("view permute", lambda a: a.permute(1, 0).reshape(3, 2)[1] ** 3, (2, 3)),
    ("logsumexp", lambda a: a.logsumexp(1), (2, 3)),
    ("conv2d", lambda a, w: F.conv2d(a, w, padding=1) ** 2, (1, 2, 3, 3), (2, 2, 2, 2)),
    ("max_pool2d", lambda a: F.max_pool2d(a, 2) ** 2, (1, 1, 4, 4)),
    ("layer_norm", lambda a: F.layer_norm(a, (3,)) * torch.arange(3), (2, 3)),
    ("einsum", lambda a, b: torch.einsum("bi,bj->bij", a, b) ** 2, (2, 2), (2, 3)),
    ("gelu elu", lambda a: F.gelu(a) + F.elu(-a) + F.softplus(a), (4,)),
]
for row in table:
    check(*row)
