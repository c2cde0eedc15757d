# The rules of the optimizers written out, and torch.optim beside them.
import torch


def problem():
    torch.manual_seed(3)
    X = torch.randn(20, 3)
    y = X @ torch.tensor([[1.], [-2.], [0.5]]) + 0.1 * torch.randn(20, 1)
    return X, y


def sgd(params, states, hp):
    for p in params:
        p.data.sub_(hp["lr"] * p.grad)


def momentum(params, states, hp):
    for p, v in zip(params, states):
        v[:] = hp["momentum"] * v + p.grad
        p.data -= hp["lr"] * v


def adam(params, states, hp):
    beta1, beta2, eps = 0.9, 0.999, 1e-8
    for p, (v, s) in zip(params, states):
        v[:] = beta1 * v + (1 - beta1) * p.grad
        s[:] = beta2 * s + (1 - beta2) * torch.square(p.grad)
        v_hat = v / (1 - beta1 ** hp["t"])
        s_hat = s / (1 - beta2 ** hp["t"])
        p.data -= hp["lr"] * v_hat / (torch.sqrt(s_hat) + eps)
    hp["t"] += 1


def rmsprop(params, states, hp):
    for p, s in zip(params, states):
        s.mul_(0.99).addcmul_(p.grad, p.grad, value=0.01)
        p.data.addcdiv_(p.grad, s.sqrt() + 1e-8, value=-hp["lr"])


def adagrad(params, states, hp):
    for p, s in zip(params, states):
        s += p.grad ** 2
        p.data -= hp["lr"] * p.grad / (torch.sqrt(s) + 1e-10)


def train(step, zero):
    X, y = problem()
    w, b = torch.zeros(3, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    loss = None
    for _ in range(30):
        loss = ((X @ w + b - y) ** 2).mean() / 2
        loss.backward()
        step([w, b])
        zero([w, b])
    return torch.cat([w.detach().flatten(), b.detach()]), loss.item()


def clear(params):
    for p in params:
        p.grad.data.zero_()


zeros = lambda: [torch.zeros(3, 1), torch.zeros(1)]
rules = {
    "sgd": (sgd, [None, None], dict(lr=0.1), lambda p: torch.optim.SGD(p, lr=0.1)),
    "momentum": (momentum, zeros(), dict(lr=0.05, momentum=0.9), lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9)),
    "adam": (adam, [(torch.zeros(3, 1), torch.zeros(3, 1)), (torch.zeros(1), torch.zeros(1))], dict(lr=0.1, t=1), lambda p: torch.optim.Adam(p, lr=0.1)),
    "rmsprop": (rmsprop, zeros(), dict(lr=0.05), lambda p: torch.optim.RMSprop(p, lr=0.05)),
    "adagrad": (adagrad, zeros(), dict(lr=0.3), lambda p: torch.optim.Adagrad(p, lr=0.3)),
}
for name, (rule, states, hp, make) in rules.items():
    mine, loss = train(lambda params: rule(params, states, hp), clear)
    made = {}

    def library(params):
        if "optimizer" not in made:
            made["optimizer"] = make(params)
        made["optimizer"].step()

    theirs, _ = train(library, clear)
    print("%-9s loss %.4f  agree %s  %s" % (name, loss, torch.allclose(mine, theirs, atol=1e-4), ["%.3f" % v for v in mine]))
