"""Saving and loading: whole checkpoints, parts of them, best models, early stopping."""
import os
import torch
from torch import nn, optim

class Net(nn.Module):
    def __init__(self, width=4):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(2, width), nn.ReLU())
        self.head = nn.Linear(width, 1)
        self.register_buffer("steps", torch.zeros(1, dtype=torch.long))

    def forward(self, x):
        self.steps += 1
        return self.head(self.body(x))

torch.manual_seed(1)
x = torch.randn(32, 2)
y = x[:, :1] * 2 - x[:, 1:] + 0.5
net = Net()
optimizer = optim.Adam(net.parameters(), lr=0.05)
scheduler = optim.lr_scheduler.StepLR(optimizer, step_size=5, gamma=0.5)
best, patience, bad = float("inf"), 3, 0
for epoch in range(30):
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(net(x), y)
    loss.backward()
    optimizer.step()
    scheduler.step()
    if loss.item() < best - 0.02:
        best, bad = loss.item(), 0
        torch.save({"epoch": epoch, "model_state_dict": net.state_dict(), "optimizer_state_dict": optimizer.state_dict(),
                    "scheduler": scheduler.state_dict(), "loss": loss.item()}, "checkpoint.pt")
    else:
        bad += 1
        if bad >= patience:
            print("early stop at", epoch)
            break
print(os.path.exists("checkpoint.pt"), f"{best:.3f}")
checkpoint = torch.load("checkpoint.pt")
print(sorted(checkpoint), checkpoint["epoch"], f"{checkpoint['loss']:.3f}")
other = Net()
print(other.load_state_dict(checkpoint["model_state_dict"]))
opt2 = optim.Adam(other.parameters(), lr=1.0)
opt2.load_state_dict(checkpoint["optimizer_state_dict"])
print(opt2.param_groups[0]["lr"], opt2.state_dict()["state"][0]["step"], other.steps)
for name, tensor in other.state_dict().items():
    print(name, "\t", tuple(tensor.shape), tensor.dtype)

state = checkpoint["model_state_dict"]
state.pop("head.bias")
try:
    Net().load_state_dict(state)
except RuntimeError as e:
    print(e)
print(Net().load_state_dict(state, strict=False))
try:
    Net(5).load_state_dict(net.state_dict())
except RuntimeError as e:
    print(e)
renamed = {k.replace("body.0", "layer"): v for k, v in net.state_dict().items()}
print(list(renamed))

# Freezing a part, as for a pretrained network.
for p in net.body.parameters():
    p.requires_grad = False
net.head = nn.Linear(4, 3)
trainable = [n for n, p in net.named_parameters() if p.requires_grad]
print(trainable, sum(p.numel() for p in net.parameters()), sum(p.numel() for p in net.parameters() if p.requires_grad))
optimizer = optim.SGD(filter(lambda p: p.requires_grad, net.parameters()), lr=0.1)
before = {n: p.detach().clone() for n, p in net.named_parameters()}
nn.functional.cross_entropy(net(x), torch.arange(32) % 3).backward()
optimizer.step()
print({n: bool((p != before[n]).any()) for n, p in net.named_parameters()})
with open("weights.pt", "wb") as f:
    torch.save(net.state_dict(), f)
with open("weights.pt", "rb") as f:
    again = torch.load(f)
print(all(torch.equal(again[k], v) for k, v in net.state_dict().items()), os.path.getsize("weights.pt") > 100)
os.remove("weights.pt")
print(os.path.exists("weights.pt"))
