# Stochastic weight averaging, an average that decays, and modules called with other parameters.
import torch
from torch import nn
from torch.nn.utils.stateless import functional_call
from torch.optim.swa_utils import SWALR, AveragedModel, update_bn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(3, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 1))
x = torch.randn(64, 3)
y = x.sum(1, keepdim=True)
loader = [(x[i:i + 16], y[i:i + 16]) for i in range(0, 64, 16)]
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=10)
swa_model = AveragedModel(model)
decaying = AveragedModel(model, avg_fn=lambda average, new, count: 0.9 * average + 0.1 * new, use_buffers=True)
swa_scheduler = SWALR(optimizer, swa_lr=0.05, anneal_epochs=3)
for epoch in range(10):
    for inputs, targets in loader:
        optimizer.zero_grad()
        nn.functional.mse_loss(model(inputs), targets).backward()
        optimizer.step()
    if epoch >= 5:
        swa_model.update_parameters(model)
        swa_scheduler.step()
    else:
        scheduler.step()
    decaying.update_parameters(model)
    print("%d lr %.5f" % (epoch, optimizer.param_groups[0]["lr"]))
print(swa_model.n_averaged, decaying.n_averaged)
update_bn(loader, swa_model)
swa_model.eval()
decaying.eval()
print(swa_model.module[1].running_mean)
print(swa_model.module[1].num_batches_tracked, swa_model.module[1].momentum)
with torch.no_grad():
    for one in (swa_model, decaying):
        print("%.3f" % nn.functional.mse_loss(one(x), y))
print(list(swa_model.state_dict())[:3])
print(swa_model)
for strategy, epochs in (("linear", 4), ("cos", 4), ("linear", 0)):
    optimizer = torch.optim.SGD([{"params": model[0].parameters()}, {"params": model[3].parameters(), "lr": 0.5}], lr=1.0)
    schedule = SWALR(optimizer, swa_lr=[0.1, 0.2], anneal_strategy=strategy, anneal_epochs=epochs)
    for _ in range(6):
        optimizer.step()
        schedule.step()
        print(strategy, ["%.4f" % rate for rate in schedule.get_last_lr()])
for bad in (dict(anneal_strategy="exp"), dict(anneal_epochs=-1)):
    try:
        SWALR(optimizer, swa_lr=0.1, **bad)
    except ValueError as error:
        print(error)

layer = nn.Linear(2, 1)
weights = {"weight": torch.tensor([[2.0, 3.0]], requires_grad=True), "bias": torch.tensor([1.0])}
before = layer.weight
out = functional_call(layer, weights, (torch.tensor([[1.0, 2.0]]),))
out.sum().backward()
print(out.item(), weights["weight"].grad, layer.weight is before, layer.weight.grad)
print(functional_call(nn.Sequential(layer), {"0.weight": torch.zeros(1, 2), "0.bias": torch.ones(1)}, torch.ones(1, 2)))
