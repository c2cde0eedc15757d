# numpy.linalg: norms, and what is made of solving systems of equations.
import numpy as np


class LinAlgError(Exception):
    pass


def _square(a):
    a = np.asarray(a)
    if a.ndim != 2:
        raise LinAlgError(f"{a.ndim}-dimensional array given. Array must be at least two-dimensional")
    if a.shape[0] != a.shape[1]:
        raise LinAlgError("Last 2 dimensions of the array must be square")
    return a


def solve(a, b):
    x = _solve(_square(a), b)
    if x is None:
        raise LinAlgError("Singular matrix")
    return x


def inv(a):
    return solve(a, np.eye(len(_square(a))))


def det(a):
    return _det(_square(a))


def norm(x, ord=None, axis=None, keepdims=False):
    x = np.asarray(x) * 1.0
    if axis is None:
        if ord is None or (ord == 2 and x.ndim == 1) or (ord == "fro" and x.ndim == 2):
            total = np.sqrt(np.dot(np.ravel(x), np.ravel(x)))
            return np.reshape(total, (1,) * x.ndim) if keepdims else total
        if x.ndim == 2:
            return _matrix_norm(x, ord)
        axis = tuple(range(x.ndim))
    if ord is None or ord == 2:
        return np.sqrt(np.sum(x * x, axis, keepdims=keepdims))
    if ord == np.inf:
        return np.max(np.abs(x), axis, keepdims=keepdims)
    if ord == -np.inf:
        return np.min(np.abs(x), axis, keepdims=keepdims)
    if ord == 0:
        return np.sum((x != 0) * 1.0, axis, keepdims=keepdims)
    if ord == 1:
        return np.sum(np.abs(x), axis, keepdims=keepdims)
    return np.sum(np.abs(x) ** ord, axis, keepdims=keepdims) ** (1 / ord)


def _matrix_norm(x, ord):
    if ord == 1:
        return np.max(np.sum(np.abs(x), 0))
    if ord == np.inf:
        return np.max(np.sum(np.abs(x), 1))
    if ord == 2:
        return np.sqrt(_eigh(np.dot(x.T, x))[0][-1])
    raise ValueError("Invalid norm order for matrices.")


def _signed(a):
    # The eigenvalues of a list of rows and its eigenvectors, which have the signs that LAPACK chooses.
    values, vectors = _eigh(a)
    if len(a) == 2 and a[1][0] != 0:
        positive, falling = a[1][0] > 0, a[0][0] > a[1][1]
        steep = (a[0][0] + a[1][1] > 0) == positive
        up = (steep and falling) != positive, (steep and not falling) == positive
        turned = [(v > 0) != u for v, u in zip(vectors[1], up)]
        vectors = [[-v if turn else v for v, turn in zip(row, turned)] for row in vectors]
    return values, vectors


def _arrays(values, vectors):
    return np.array(values, np.float64), np.array(vectors, np.float64).reshape(len(values), -1)


def eigh(a):
    return _arrays(*_signed(_square(a).tolist()))


def eigvalsh(a):
    return np.array(_eigh(_square(a))[0], np.float64)


def eig(a):
    a = np.asarray(a)
    if not np.allclose(a, a.T):
        raise NotImplementedError("np.linalg.eig takes symmetric matrices here")
    values, vectors = _arrays(*_eigh(a))
    if a.shape == (2, 2) and a[1, 0] != 0:
        # The order and the signs that LAPACK chooses.
        if a[0, 0] >= a[1, 1]:
            values, vectors = values[::-1], vectors[:, ::-1]
        vectors = vectors * np.sign(np.diag(vectors)) * (1.0 if a[0, 0] >= a[1, 1] else -1.0)
    return values, vectors


def eigvals(a):
    return eig(a)[0]


def cholesky(a):
    a = _square(a) * 1.0
    made = np.zeros(a.shape)
    for j in range(len(a)):
        pivot = a[j, j] - np.dot(made[j], made[j])
        if not pivot > 0:
            raise LinAlgError("Matrix is not positive definite")
        made[j, j] = np.sqrt(pivot)
        made[j + 1:, j] = (a[j + 1:, j] - np.dot(made[j + 1:], made[j])) / made[j, j]
    return made


def svd(a, full_matrices=True, compute_uv=True):
    a = np.asarray(a) * 1.0
    u, v, s = _svd(a, full_matrices and compute_uv)
    s, long, short = np.array(s, np.float64), max(a.shape), min(a.shape)
    if not compute_uv:
        return s
    u = np.array(u, np.float64).reshape(long, long if full_matrices else short)
    v = np.array(v, np.float64).reshape(short, short)
    return (u, s, v.T) if a.shape[0] >= a.shape[1] else (v, s, u.T)


def matrix_rank(a):
    s = svd(a, compute_uv=False)
    return np.sum(s > np.max(s) * max(a.shape) * 2.3e-16)


def pinv(a):
    a = np.asarray(a) * 1.0
    if a.shape[0] >= a.shape[1]:
        return solve(np.dot(a.T, a), a.T)
    return np.dot(a.T, inv(np.dot(a, a.T)))


def qr(a):
    a = np.asarray(a) * 1.0
    n = min(a.shape)
    q, r = np.zeros((a.shape[0], n)), np.zeros((n, a.shape[1]))
    rest = a.copy()
    for j in range(n):
        v = rest[:, j].copy()
        length = np.sqrt(np.dot(v, v)) * (-1 if v[j] >= 0 else 1)
        q[:, j] = v / length
        r[j] = np.dot(q[:, j], rest)
        rest = rest - np.outer(q[:, j], r[j])
    return q, np.triu(r)


def lstsq(a, b, rcond=None):
    a, b = np.asarray(a) * 1.0, np.asarray(b) * 1.0
    q, r = qr(a)
    x = solve(r, np.dot(q.T, b))
    s = svd(a, compute_uv=False)
    rest = b - np.dot(a, x)
    residuals = np.atleast_1d(np.sum(rest * rest, 0)) if a.shape[0] > a.shape[1] else np.array([])
    return x, residuals, np.sum(s > 0), s


def matrix_power(a, n):
    a = inv(a) if n < 0 else np.asarray(a)
    made = np.eye(len(a), dtype=a.dtype)
    for _ in range(abs(n)):
        made = np.dot(made, a)
    return made


def slogdet(a):
    d = det(a)
    return np.sign(d), np.log(np.abs(d))


def cond(a):
    s = svd(a, compute_uv=False)
    return s[0] / s[-1]
