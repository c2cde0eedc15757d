import torch

# A long valley: steep across, flat along.
steepness = torch.tensor([0.2, 10.0])
w = torch.tensor([4.0, 1.0], requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.09)

for step in range(60):
    loss = (steepness * w ** 2).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

print("w:", [round(value, 3) for value in w.tolist()])
print(f"loss: {loss.item():.6f}")
