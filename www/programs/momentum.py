import torch


def descend(momentum):
    """How far down a long valley 40 steps lead."""
    w = torch.tensor([4.0, 1.0], requires_grad=True)
    steepness = torch.tensor([0.5, 12.0])
    optimizer = torch.optim.SGD([w], lr=0.06, momentum=momentum)
    for step in range(40):
        loss = (steepness * w ** 2).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss.item()


# The valley is steep across and flat along: plain steps crawl where momentum rolls.
for momentum in (0.0, 0.5, 0.8):
    print(f"momentum {momentum:.1f}   last loss {descend(momentum):.6f}")
