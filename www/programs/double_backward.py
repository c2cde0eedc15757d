import torch

# A gradient is computed by ops, too, so it can have a gradient itself.
x = torch.tensor(2.0, requires_grad=True)
y = x ** 3

(first,) = torch.autograd.grad(y, x, create_graph=True)
(second,) = torch.autograd.grad(first, x, create_graph=True)
(third,) = torch.autograd.grad(second, x)
print(f"y = {y.item():.0f}   y' = {first.item():.0f}   y'' = {second.item():.0f}   y''' = {third.item():.0f}")

# Newton's method: with slope and curvature, straight to the root.
for step in range(6):
    value = x ** 2 - 5
    (slope,) = torch.autograd.grad(value, x)
    with torch.no_grad():
        x -= value / slope
    print(f"step {step}   x = {x.item():.6f}")
