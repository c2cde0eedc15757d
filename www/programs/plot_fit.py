import matplotlib.pyplot as plt
import torch

# A sine, and a polynomial that learns it
x = torch.linspace(-3, 3, 60)
y = torch.sin(x)
powers = torch.stack([x, x ** 3, x ** 5])
weights = torch.zeros(3, requires_grad=True)
optimizer = torch.optim.Adam([weights], lr=0.02)

losses = []
for step in range(400):
    fit = weights @ powers
    loss = ((fit - y) ** 2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())

# Two figures: the fit, and how the loss fell
plt.plot(x.numpy(), y.numpy(), label="sine")
plt.plot(x.numpy(), fit.detach().numpy(), label="fit")
plt.legend()
plt.show()

plt.plot(losses)
plt.xlabel("step")
plt.ylabel("loss")
plt.show()
