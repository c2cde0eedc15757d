# The first training: y = 2x + 1 from five points.
import torch

x = torch.tensor([[0.0], [1.0], [2.0], [3.0], [4.0]])
y = 2 * x + 1
w = torch.zeros(1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for step in range(201):
    loss = ((w * x + b - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.05 * w.grad
        b -= 0.05 * b.grad
    w.grad.zero_()
    b.grad.zero_()
    if step % 50 == 0:
        print("step", step, "loss %.4f" % loss.item(), "w %.3f b %.3f" % (w.item(), b.item()))

model = torch.nn.Linear(1, 1)
torch.nn.init.zeros_(model.weight)
torch.nn.init.zeros_(model.bias)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
loss_fn = torch.nn.MSELoss()
for step in range(201):
    prediction = model(x)
    loss = loss_fn(prediction, y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print("the same: w %.3f b %.3f" % (model.weight.item(), model.bias.item()))
print(torch.allclose(model.weight, w, atol=1e-4), "%.1f" % model(torch.tensor([[10.0]])).item())
