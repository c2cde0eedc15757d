# Reading and writing NumPy arrays, joining and splitting them.
import numpy as np

a = np.arange(12).reshape(3, 4)
print(a[0], a[1, 2], a[-1, -1], a[:, 1], a[1:, :2], a[::2, ::-1], a[..., 0], a[:, None].shape)
print(a[np.newaxis].shape, a[[0, 2]], a[[0, 1], [1, 2]], a[:, [3, 0]])
print(a[a > 6], a[a % 2 == 0], np.where(a > 5), np.where(a > 5, a, 0), np.where(a > 5, 1, -1)[1])
print(a[np.arange(3), [0, 1, 2]], np.nonzero(a[0]), np.argwhere(a > 9), a[(a > 2) & (a < 6)], a[~(a > 2)])
b = a.copy()
b[0, 0] = 100
b[1] = 7
b[:, -1] = [1, 2, 3]
b[b == 7] = -1
b[2, 1:3] += 10
print(b, a[0, 0])
v = a[1:]
v[0, 0] = 50
print(a[1, 0], v.base is not None, a.T[0])
f = np.array([1, 2, 3])
f[0] = 9.7
f += 1
f *= 2
print(f, f / 2, f // 4, f % 4, f ** 2, -f, 1 / f, f > 8, f == 20, (f > 8).sum(), f.astype(float) / 3)
print(np.concatenate([a[0], a[1]]), np.concatenate([a, a], axis=1).shape, np.vstack([a[0], a[1]]))
print(np.hstack([a[0][:2], a[1][:2]]), np.stack([a[0], a[1]]).shape, np.stack([a[0], a[1]], axis=1).shape)
print(np.append([1, 2], 3), np.insert([1, 2], 1, 9), np.delete([1, 2, 3], 1))
print(np.split(np.arange(6), 3), np.split(np.arange(6), [2, 5]), np.array_split(np.arange(5), 2))
print(np.expand_dims(a, 0).shape, np.squeeze(a[None]).shape, a.transpose().shape)
print(np.transpose(np.zeros((2, 3, 4)), (2, 0, 1)).shape, np.swapaxes(np.zeros((2, 3)), 0, 1).shape)
print(np.moveaxis(np.zeros((2, 3, 4)), 0, -1).shape)
print(np.flip([1, 2, 3]), np.roll([1, 2, 3], 1), np.fliplr([[1, 2]]), np.rot90([[1, 2], [3, 4]]))
print(np.take([5, 6, 7], [2, 0]), np.pad([1, 2], 1), np.pad([[1]], ((0, 1), (1, 0)), mode="constant"))
print(np.triu(np.ones((2, 2))), np.tril(np.ones((2, 2))))
for row in a[:2]:
    print(row, end=" ")
for i, x in enumerate(np.array([0.5, 1.5])):
    print(i, x, end=" ")
for (i, j), x in np.ndenumerate(np.array([[1, 2]])):
    print(i, j, x, end=" ")
print([int(x) for x in f], list(f), tuple(np.array([1.5])), 20 in f, sorted(np.array([3, 1])), max(f))
print(sum(f), len(np.zeros((0, 2))), np.array([1, 2]) is None)
for bad in [
    lambda: a[5], lambda: a[0, 9], lambda: np.zeros(3) + np.zeros(4), lambda: a.reshape(5, 2),
    lambda: np.concatenate([a, np.zeros((2, 2))]), lambda: a.nothing, lambda: bool(f > 1),
    lambda: np.zeros((2, 3)) @ np.zeros((2, 3)), lambda: np.vstack([[1, 2], [1]]), lambda: int(f),
]:
    try:
        bad()
    except (IndexError, ValueError, AttributeError, TypeError) as e:
        print(type(e).__name__ + ":", e)
