# np.save, np.load, text files, and matplotlib calls that print nothing.
import os

import matplotlib.pyplot as plt
import numpy as np
import torch

x = np.linspace(0, 1, 4).reshape(2, 2)
np.save("x.npy", x)
print(np.load("x.npy"), os.path.exists("x.npy"), np.array_equal(np.load("x.npy"), x))
np.savez("both.npz", a=x, b=np.arange(3))
loaded = np.load("both.npz")
print(sorted(loaded.files), loaded["b"], loaded["a"].dtype)
np.save("w", torch.eye(2).numpy())
print(torch.from_numpy(np.load("w.npy")))
with open("log.txt", "w") as f:
    f.write("epoch,loss\n")
    for i in range(3):
        f.write("%d,%.3f\n" % (i, 1 / (i + 1)))
with open("log.txt") as f:
    lines = f.read().splitlines()
print(lines, len(lines))
for line in open("log.txt"):
    print(line.strip().split(","), end=" ")
print()
with open("log.txt", "a") as f:
    print("3,0.1", file=f)
print(open("log.txt").readlines()[-1])
try:
    open("missing.txt")
except FileNotFoundError as e:
    print("FileNotFoundError:", e)

plt.figure(figsize=(6, 4))
plt.plot(x[:, 0], x[:, 1], "ro", label="Original data")
plt.plot([1, 2, 3], label="loss", linewidth=2, color="b")
plt.scatter(x[:, 0], x[:, 1], c=[0, 1], s=20, cmap="viridis")
plt.xlabel("epoch")
plt.ylabel("loss")
plt.title("A title")
plt.legend()
plt.grid(True)
plt.xlim(0, 1)
plt.imshow(np.zeros((4, 4)), cmap="gray")
plt.axis("off")
plt.hist(np.arange(10), bins=5)
plt.subplot(1, 2, 1)
plt.savefig("figure.png")
plt.show()
plt.close()
fig, ax = plt.subplots()
ax.plot([0, 1], [1, 0])
ax.set_xlabel("x")
ax.set_title("t")
fig, axes = plt.subplots(2, 3, figsize=(8, 4))
for i in range(2):
    for j in range(3):
        axes[i][j].imshow(np.ones((2, 2)))
fig.tight_layout()
plt.show()
print("drawn")
