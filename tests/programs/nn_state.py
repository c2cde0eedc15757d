# state_dict, load_state_dict, torch.save and torch.load.
import copy

import torch
import torch.nn as nn

torch.manual_seed(0)


def make():
    return nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3), nn.Linear(3, 1))


model = make()
state = model.state_dict()
for name in state:
    print(name, tuple(state[name].shape), state[name].dtype, state[name].requires_grad)
torch.save(model.state_dict(), "model.pt")
other = make()
x = torch.randn(4, 2)
model.eval(), other.eval()
print(torch.equal(model(x), other(x)))
print(other.load_state_dict(torch.load("model.pt")), torch.equal(model(x), other(x)))
loaded = torch.load("model.pt")
print(type(loaded).__name__, list(loaded)[:2], torch.equal(loaded["0.bias"], model[0].bias))

optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
model(x).sum().backward()
optimizer.step()
checkpoint = {"epoch": 3, "model_state_dict": model.state_dict(), "optimizer_state_dict": optimizer.state_dict(), "loss": 0.5}
torch.save(checkpoint, "checkpoint.tar")
checkpoint = torch.load("checkpoint.tar", map_location="cpu")
other.load_state_dict(checkpoint["model_state_dict"])
restored = torch.optim.Adam(other.parameters(), lr=0.5)
restored.load_state_dict(checkpoint["optimizer_state_dict"])
print(checkpoint["epoch"], checkpoint["loss"], restored.param_groups[0]["lr"])
print(sorted(restored.state_dict()), torch.equal(other(x), model(x)))
print(restored.state_dict()["param_groups"][0]["params"], sorted(restored.state_dict()["state"][0]))

torch.save([torch.arange(3), {"a": torch.tensor(1.5)}, "text", 7, (1, 2)], "things.pt")
print(torch.load("things.pt"))
torch.save(torch.eye(2), "tensor.pt")
print(torch.load("tensor.pt"))

best = copy.deepcopy(model.state_dict())
with torch.no_grad():
    model[0].weight.zero_()
print(model.state_dict()["0.weight"].sum(), best["0.weight"].abs().sum() > 0)
model.load_state_dict(best)
print(torch.equal(model[0].weight, best["0.weight"]))
clone = copy.deepcopy(model)
clone[0].bias.data += 1
print((clone[0].bias > model[0].bias + 0.9).all())

small = nn.Linear(2, 3)
for wrong in [
    {"weight": torch.zeros(3, 2)},
    {"weight": torch.zeros(3, 2), "bias": torch.zeros(3), "extra": torch.zeros(1)},
    {"weight": torch.zeros(2, 2), "bias": torch.zeros(3)}, {},
]:
    try:
        print(small.load_state_dict(wrong))
    except RuntimeError as e:
        print("RuntimeError:", e)
print(small.load_state_dict({"weight": torch.ones(3, 2), "extra": torch.zeros(1)}, strict=False))
print(small.weight.sum().item())
pretrained = {k: v for k, v in make().state_dict().items() if not k.startswith("2")}
own = model.state_dict()
own.update(pretrained)
print(model.load_state_dict(own), len(pretrained), len(own))
try:
    torch.load("no_such_file.pt")
except FileNotFoundError as e:
    print("FileNotFoundError:", e)
