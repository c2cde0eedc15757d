# A gated recurrent unit from scratch that learns to remember the first symbol of a sequence.
import torch
import torch.nn as nn
import torch.nn.functional as F


class GRUCell(nn.Module):
    def __init__(self, inputs, hidden):
        super().__init__()
        self.hidden = hidden
        for gate in "zrh":
            setattr(self, "W_x" + gate, nn.Parameter(torch.randn(inputs, hidden) * 0.3))
            setattr(self, "W_h" + gate, nn.Parameter(torch.randn(hidden, hidden) * 0.3))
            setattr(self, "b_" + gate, nn.Parameter(torch.zeros(hidden)))

    def forward(self, x, h):
        z = torch.sigmoid(x @ self.W_xz + h @ self.W_hz + self.b_z)
        r = torch.sigmoid(x @ self.W_xr + h @ self.W_hr + self.b_r)
        candidate = torch.tanh(x @ self.W_xh + (r * h) @ self.W_hh + self.b_h)
        return z * h + (1 - z) * candidate


class Reader(nn.Module):
    def __init__(self, symbols, hidden=12):
        super().__init__()
        self.symbols = symbols
        self.cell = GRUCell(symbols, hidden)
        self.head = nn.Linear(hidden, symbols)

    def forward(self, sequences):
        h = torch.zeros(sequences.size(0), self.cell.hidden)
        for x in F.one_hot(sequences, self.symbols).float().unbind(1):
            h = self.cell(x, h)
        return self.head(h)


torch.manual_seed(0)
model = Reader(4)
print([n for n, _ in model.named_parameters()])
print(model, sum(p.numel() for p in model.parameters()))
optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
for step in range(300):
    batch = torch.randint(0, 4, (32, 5))
    loss = F.cross_entropy(model(batch), batch[:, 0])
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    if step == 0:
        print("%.2f" % loss.item())
test = torch.randint(0, 4, (200, 5))
with torch.no_grad():
    predicted = model(test).argmax(dim=1)
print("remembers:", (predicted == test[:, 0]).float().mean().item() > 0.95)
print(model(torch.tensor([[2, 0, 1, 3, 0]])).argmax().item(), model(torch.tensor([[1, 3]])).shape)
batch = torch.randint(0, 4, (8, 5))
loss = F.cross_entropy(model(batch), batch[:, 0])
grads = torch.autograd.grad(loss, list(model.parameters()))
print(len(grads), all(g.shape == p.shape for g, p in zip(grads, model.parameters())))
