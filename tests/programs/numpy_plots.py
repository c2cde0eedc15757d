"""Calls of matplotlib beyond the plainest, which print nothing."""

import matplotlib.animation as animation
import matplotlib.gridspec as gridspec
import matplotlib.patches as patches
import matplotlib.pyplot as plt
import matplotlib.ticker as ticker
import numpy as np

x = np.linspace(0, 1, 20)
figure = plt.figure()
axes = figure.add_subplot(111)
shown = axes.matshow(np.eye(3), cmap="bone")
figure.colorbar(shown)
axes.set_xticklabels(["", "a", "b"], rotation=90)
axes.xaxis.set_major_locator(ticker.MultipleLocator(1))
axes.add_patch(patches.Circle((0, 0), 1, fill=False))
axes.add_patch(patches.Rectangle((0, 0), 1, 1, edgecolor="r", facecolor="none"))
plt.show()
print("attention")

plt.figure(figsize=(4, 4))
places = gridspec.GridSpec(2, 2)
places.update(wspace=0.05, hspace=0.05)
for i in range(4):
    axes = plt.subplot(places[i])
    axes.set_aspect("equal")
    plt.axis("off")
    plt.imshow(np.outer(x, x), cmap="Greys_r")
plt.close()
print("grid")

X, Y = np.meshgrid(x, x)
axes = plt.figure().add_subplot(projection="3d")
axes.plot_surface(X, Y, X**2 + Y**2, cmap="rainbow")
axes.scatter([0.5], [0.5], [0.5], c="r")
axes.set_zlabel("loss")
axes.view_init(30, 45)
plt.savefig("surface.png")
print("surface")

plt.figure()
plt.scatter(x, x, c="r", s=4)
plt.scatter(x, x, c=["b"] * 20)
plt.scatter(x, x, c=x, cmap="viridis")
plt.plot(x, "g-")
print("points")

figure = plt.figure()
frames = [[plt.imshow(np.eye(3), animated=True)] for _ in range(2)]
animation.ArtistAnimation(figure, frames, interval=100, blit=True)
print("frames")
