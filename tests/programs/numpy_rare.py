# NumPy: what is asked for less often.
import numpy as np

a = np.array([[3.0, 1.0, 2.0], [6.0, 5.0, 4.0]])
m, v = np.array([[1, 2], [3, 4]]), np.array([1, -1])
print(np.linalg.norm([3.0, 4.0]), np.linalg.norm(m, axis=1).round(4), np.linalg.det(m).round(4))
print(np.linalg.inv(m).round(4), np.linalg.solve(m, v).round(4))
print(np.linalg.eigvalsh(np.array([[2.0, 1.0], [1.0, 2.0]])).round(4))
print(np.unique([3, 1, 3, 2]), np.unique(["b", "a"]), np.unique([1, 1, 2], return_counts=True))
print(np.bincount([0, 1, 1, 3]), np.histogram([1, 2, 2, 5], bins=2), np.searchsorted([1, 3, 5], 4))
print(np.interp(1.5, [1, 2], [10, 20]), np.polyfit([0, 1, 2], [1, 3, 5], 1).round(4), np.polyval([2, 1], 3))
print(np.percentile([1, 2, 3, 4], 50))
print(np.cov(a).round(4), np.corrcoef([1, 2, 3], [1, 2, 4]).round(4), np.average([1, 2], weights=[3, 1]))
print(np.convolve([1, 2], [1, 1]), np.nan_to_num(np.array([np.nan, 2.0])), np.sum([[1, 2], [3, 4]]))
print(np.max([1, 5]), np.array([5, 7]).mean(), np.array([1, 2]).sum() / 2)
print(np.ptp(a), np.cross([1, 0, 0], [0, 1, 0]), np.vdot(v, v), np.kron([1, 2], [1, 1]))
print(np.isin([1, 5], [5, 6]), np.setdiff1d([1, 2, 3], [2]))
print(np.random.RandomState(0).multivariate_normal([0, 0], np.eye(2), 2).shape)
print(np.apply_along_axis(sum, 1, a), np.vectorize(lambda t: t + 1)([1, 2]))
