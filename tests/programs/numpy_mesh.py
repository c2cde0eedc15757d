import numpy as np

# Grids of numbers.
print(np.mgrid[0:2, 0:3])
y, x = np.mgrid[-1:1:0.5, 2:4]
print(y.shape, y.dtype, x.dtype)
print(y)
print(np.mgrid[1:10:4], np.mgrid[:3], np.mgrid[0:1:0.25])
rows, columns = np.ogrid[0:3, 0:4]
print(rows.shape, columns.shape, (rows * 10 + columns).tolist())
mask = (rows - 1) ** 2 + (columns - 2) ** 2 <= 1
print(mask.astype(int))
i, j, k = np.mgrid[0:2, 0:2, 0:2]
print((i * 4 + j * 2 + k).ravel())

# In the order of several keys.
surnames = np.array([3, 1, 3, 2, 1])
names = np.array([2, 2, 1, 1, 1])
print(np.lexsort((names, surnames)), np.lexsort((surnames, names)))
print(np.lexsort([[9, 4, 0, 4, 0, 2, 1], [1, 5, 1, 4, 3, 4, 4]]))
points = np.array([[1.0, 0.5], [0.0, 0.7], [1.0, 0.2]])
print(points[np.lexsort((points[:, 1], points[:, 0]))])

# Arrays as text.
a = np.array([1e-10, 1.0, 2.5, 1 / 3])
print(np.array2string(a, precision=3))
print(np.array2string(a, precision=3, suppress_small=True, separator=", "))
print(np.array2string(np.arange(6).reshape(2, 3), separator=","))
print("x = " + np.array2string(np.arange(40), separator=", ", prefix="x = ", max_line_width=40))
print(np.array2string(np.arange(2000), threshold=5, edgeitems=2), np.array2string(np.array(3.0)), np.array2string(np.array([])))
with np.printoptions(precision=2):
    with np.printoptions(suppress=True):
        print(np.array([1e-9, 1 / 3]))
    print(np.array([2 / 3]))
print(np.array([2 / 3]))
