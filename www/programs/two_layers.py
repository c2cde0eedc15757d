import torch

torch.manual_seed(1)

# Random data, and a network of two matrices without any module
x, y = torch.randn(10, 6), torch.randn(10, 1)
w1 = torch.randn(6, 8, requires_grad=True)
w2 = torch.randn(8, 1, requires_grad=True)

# Forward, backward and the update, all by hand
for step in range(60):
    hidden = x.mm(w1).clamp(min=0)
    loss = (hidden.mm(w2) - y).pow(2).mean()
    loss.backward()
    with torch.no_grad():
        w1 -= 0.01 * w1.grad
        w2 -= 0.01 * w2.grad
        w1.grad.zero_()
        w2.grad.zero_()
    if step % 10 == 0:
        print(f"step {step:2d}   loss {loss.item():8.3f}")
