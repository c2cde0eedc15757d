"""Dropout and batch normalisation: training against evaluation; accumulated and clipped gradients."""
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
drop = nn.Dropout(0.5)
x = torch.ones(2, 6)
print(drop(x))
drop.eval()
print(drop(x), drop.training)
bn = nn.BatchNorm1d(3, momentum=0.5)
data = torch.tensor([[1.0, 2.0, 3.0], [3.5, 2.0, -3.0], [5.0, 8.0, 0.5]])
print(bn(data))
print(bn.running_mean, bn.running_var, bn.num_batches_tracked)
bn.eval()
print(bn(data))
print(bn.state_dict().keys())
print(nn.BatchNorm2d(2, affine=False, track_running_stats=False).running_mean)
try:
    nn.BatchNorm1d(3)(torch.ones(1, 3))
except ValueError as e:
    print(e)
ln = nn.LayerNorm(3, elementwise_affine=False)
print(ln(data).mean(1).abs().max() < 1e-6)

model = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.ReLU(), nn.Dropout(0.2), nn.Linear(4, 1))
for m in model:
    if isinstance(m, nn.Linear):
        nn.init.constant_(m.weight, 0.1)
        nn.init.zeros_(m.bias)
model.train()
print(all(m.training for m in model.modules()))
model.eval()
print(any(m.training for m in model.modules()), F.dropout(x, 0.5, training=model.training).sum())

# One step on a large batch equals several on small ones whose gradients are added.
net = nn.Linear(3, 1)
target = data.sum(1, keepdim=True)
loss = F.mse_loss(net(data), target)
loss.backward()
whole = net.weight.grad.clone()
net.zero_grad(set_to_none=True)
print(net.weight.grad)
accumulation_steps = 3
for i, (row, t) in enumerate(zip(data, target)):
    loss = F.mse_loss(net(row), t) / accumulation_steps
    loss.backward()
    if (i + 1) % accumulation_steps == 0:
        print(torch.allclose(net.weight.grad, whole), "after", i + 1)
norm = nn.utils.clip_grad_norm_(net.parameters(), max_norm=1.0)
print("%.3f" % norm, "%.3f" % torch.norm(torch.stack([p.grad.norm() for p in net.parameters()])))
nn.utils.clip_grad_value_(net.parameters(), 0.25)
print(max(p.grad.abs().max().item() for p in net.parameters()))
print(nn.utils.parameters_to_vector(net.parameters()).shape)

# Weight decay by hand and by groups.
groups = [{"params": [p for n, p in model.named_parameters() if "bias" not in n], "weight_decay": 0.1},
          {"params": [p for n, p in model.named_parameters() if "bias" in n], "weight_decay": 0.0}]
opt = torch.optim.SGD(groups, lr=0.1, momentum=0.9)
print([len(g["params"]) for g in opt.param_groups], opt)
l1 = sum(p.abs().sum() for p in model.parameters())
l2 = sum((p ** 2).sum() for p in model.parameters())
print("%.4f %.4f" % (l1.item(), l2.item()))
