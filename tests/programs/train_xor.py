# XOR, which no line can separate.
import torch
import torch.nn as nn
import torch.nn.functional as F


class XOR(nn.Module):
    def __init__(self, hidden=8):
        super(XOR, self).__init__()
        self.hidden = nn.Linear(2, hidden)
        self.out = nn.Linear(hidden, 1)

    def forward(self, x):
        x = torch.tanh(self.hidden(x))
        return torch.sigmoid(self.out(x))


torch.manual_seed(1)
X = torch.Tensor([[0, 0], [0, 1], [1, 0], [1, 1]])
Y = torch.Tensor([0, 1, 1, 0]).view(-1, 1)
net = XOR()
print(net)
optimizer = torch.optim.Adam(net.parameters(), lr=0.05)
for epoch in range(301):
    loss = F.binary_cross_entropy(net(X), Y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if epoch % 100 == 0:
        print("Epoch: {0}, Loss: {1:.3f}".format(epoch, loss.item()))
with torch.no_grad():
    for x, y in zip(X, Y):
        p = net(x)
        print([int(v) for v in x.tolist()], "->", int(p.item() > 0.5), "wanted", int(y.item()))

linear = nn.Sequential(nn.Linear(2, 1), nn.Sigmoid())
optimizer = torch.optim.SGD(linear.parameters(), lr=1.0)
for epoch in range(500):
    loss = nn.MSELoss()(linear(X), Y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print("a line does no better than %.2f" % loss.item())


class Perceptron:
    def __init__(self):
        self.w = [0, 0]
        self.b = 0

    def __call__(self, x):
        return int(sum(w * v for w, v in zip(self.w, x)) + self.b > 0)

    def fit(self, data, epochs=20):
        for epoch in range(epochs):
            errors = 0
            for x, t in data:
                delta = t - self(x)
                errors += delta != 0
                self.w = [w + delta * v for w, v in zip(self.w, x)]
                self.b += delta
            if not errors:
                return "learned in epoch %d" % epoch
        return "never learned"


table = lambda f: [((a, b), int(f(a, b))) for a in (0, 1) for b in (0, 1)]
for name, f in [("and", lambda a, b: a and b), ("or", lambda a, b: a or b), ("xor", lambda a, b: a != b)]:
    p = Perceptron()
    print(name, p.fit(table(f)), p.w, p.b)
