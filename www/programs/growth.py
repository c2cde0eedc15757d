# How the cost of a step grows: with the images of a batch, with the width of a
# layer, and with the length of the tape that backward goes back along.
import time
import torch
import torch.nn.functional as F
import matplotlib.pyplot as plt

torch.manual_seed(0)
device = "cuda" if torch.cuda.is_available() else "cpu"


def step_time(batch, hidden, steps=5):
    layers = torch.nn.Linear(784, hidden), torch.nn.ReLU(), torch.nn.Linear(hidden, 10)
    model = torch.nn.Sequential(*layers).to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    images, labels = torch.rand(batch, 784).to(device), torch.randint(10, (batch,)).to(device)
    for step in range(steps + 2):
        if step == 2:  # What comes first, warms up.
            loss.item()
            start = time.perf_counter()
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()
    loss.item()
    return (time.perf_counter() - start) / steps * 1000


def tape_times(nodes):
    w = torch.ones(8, device=device, requires_grad=True)
    y = torch.zeros(8, device=device)
    start = time.perf_counter()
    for _ in range(nodes // 2):
        y = torch.tanh(y + w)
    y.sum().item()
    middle = time.perf_counter()
    y.sum().backward()
    w.grad.sum().item()
    return (middle - start) * 1000, (time.perf_counter() - middle) * 1000


def table(title, sizes, *columns):
    print(title, "on", device)
    for size, *times in zip(sizes, *columns):
        print(f"{size:8d}", *(f"{t:10.3f} ms" for t in times))


batches = [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192]
batch_times = [step_time(batch, 32) for batch in batches]
table("A step, by the images of a batch (32 hidden units)", batches, batch_times)

widths = [16, 32, 64, 128, 256, 512, 1024, 2048, 4096]
width_times = [step_time(32, width) for width in widths]
table("A step, by hidden units (32 images)", widths, width_times)

lengths = [10, 30, 100, 300, 1000, 3000, 10000]
tape_times(100)
forward, backward = zip(*(tape_times(length) for length in lengths))
table("A tape, by its nodes: forward and backward", lengths, forward, backward)

plt.figure(figsize=(9, 3))
plt.subplot(1, 3, 1)
plt.loglog(batches, batch_times, "o-")
plt.title("images of a batch")
plt.ylabel("ms")
plt.subplot(1, 3, 2)
plt.loglog(widths, width_times, "o-")
plt.title("hidden units")
plt.subplot(1, 3, 3)
plt.loglog(lengths, forward, "o-", label="forward")
plt.loglog(lengths, backward, "o-", label="backward")
plt.title("nodes of the tape")
plt.legend(loc="upper left")
plt.show()
