import torch

# The slope of |error| is +1 or -1, however small the error is.
x, target = 5.0, 3.0
w = torch.tensor(1.0, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.02)

for step in range(30):
    prediction = w * x
    loss = (prediction - target).abs()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 3 == 0:
        print(f"step {step:2d}   prediction {prediction.item():.3f}   gradient {w.grad.item():+.0f}")
