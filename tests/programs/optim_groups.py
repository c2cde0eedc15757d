# Parameter groups, printing, state, closures, changing the rate by hand.
import torch
import torch.nn as nn
import torch.optim as optim

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
optimizer = optim.SGD([
    {"params": net[0].parameters()}, {"params": net[2].parameters(), "lr": 1e-3, "momentum": 0.5},
], lr=1e-2)
print(optimizer)
print(len(optimizer.param_groups), [len(g["params"]) for g in optimizer.param_groups])
print([g["lr"] for g in optimizer.param_groups], optimizer.defaults["lr"])
print(sorted(optimizer.param_groups[0].keys()))
for group in optimizer.param_groups:
    group["lr"] *= 0.5
print([g["lr"] for g in optimizer.param_groups])
print(optim.Adam(net.parameters()))
print(optim.RMSprop(net.parameters(), lr=0.1, momentum=0.9))

x, y = torch.tensor([[1., 2.], [-1., 0.5]]), torch.tensor([[1.], [0.]])
decay = [p for n, p in net.named_parameters() if n.endswith("weight")]
rest = [p for n, p in net.named_parameters() if not n.endswith("weight")]
optimizer = optim.AdamW([{"params": decay, "weight_decay": 0.1}, {"params": rest, "weight_decay": 0}], lr=0.05)
for step in range(3):
    optimizer.zero_grad()
    loss = ((net(x) - y) ** 2).mean()
    loss.backward()
    optimizer.step()
    print(step, "%.4f" % loss.item(), "%.4f" % net[0].weight[0, 0].item())
state = optimizer.state_dict()
print(list(state), len(state["state"]), state["param_groups"][0]["params"], sorted(state["state"][0]))
print(state["state"][0]["step"])
p = decay[0]
print(optimizer.state[p]["exp_avg"].shape, len(optimizer.state))
optimizer.zero_grad()
print(all(p.grad is None or p.grad.abs().sum() == 0 for p in net.parameters()))
optimizer.zero_grad(set_to_none=True)
print(net[0].weight.grad)
optimizer.step()

sgd = optim.SGD(net.parameters(), lr=0.1)


def closure():
    sgd.zero_grad()
    loss = ((net(x) - y) ** 2).mean()
    loss.backward()
    return loss


losses = [sgd.step(closure).item() for _ in range(3)]
print(losses[0] > losses[1] > losses[2], "%.4f" % losses[-1])
sgd.add_param_group({"params": [torch.zeros(1, requires_grad=True)], "lr": 7})
print(len(sgd.param_groups), sgd.param_groups[1]["lr"])


def adjust_learning_rate(optimizer, epoch):
    lr = 0.1 * (0.1 ** (epoch // 2))
    for param_group in optimizer.param_groups:
        param_group["lr"] = lr
    return lr


print(["%g" % adjust_learning_rate(sgd, e) for e in range(5)])
for bad in [
    lambda: optim.SGD([], lr=0.1), lambda: optim.SGD(net.parameters(), lr=-1),
    lambda: optim.Adam(net.parameters(), betas=(1.0, 0.9)),
    lambda: optim.SGD([torch.zeros(1) * torch.ones(1, requires_grad=True)], lr=0.1),
    lambda: optim.SGD(torch.zeros(2), lr=1), lambda: optim.SGD(net.parameters(), lr=0.1, nesterov=True),
    lambda: optim.SGD([1], lr=1),
]:
    try:
        bad()
    except (ValueError, TypeError) as e:
        print(type(e).__name__ + ":", e)
try:
    optim.SGD(net.parameters())
except ValueError as e:
    print("ValueError:", e)
