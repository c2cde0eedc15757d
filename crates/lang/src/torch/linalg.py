# `torch.linalg`, and the functions of `torch` for small matrices. Factors are found by plain elimination, row by row.

import torch


def norm(A, ord=None, dim=None, keepdim=False, *, out=None, dtype=None):
    if ord is None:
        return A.norm(2, dim, keepdim, dtype)
    if dim is None and A.ndim == 2 or isinstance(dim, (tuple, list)) and len(dim) == 2:
        return matrix_norm(A, ord, (-2, -1) if dim is None else dim, keepdim, dtype=dtype)
    return A.norm(ord, dim, keepdim, dtype)


def vector_norm(x, ord=2, dim=None, keepdim=False, *, dtype=None, out=None):
    return x.norm(ord, dim, keepdim, dtype)


def matrix_norm(A, ord="fro", dim=(-2, -1), keepdim=False, *, dtype=None, out=None):
    if ord == "fro":
        return A.norm(2, dim, keepdim, dtype)
    A = A.movedim(dim, (-2, -1))
    if ord in (1, -1):
        sums = A.abs().sum(-2)
        out = sums.amax(-1) if ord == 1 else sums.amin(-1)
    elif ord in (torch.inf, -torch.inf):
        sums = A.abs().sum(-1)
        out = sums.amax(-1) if ord == torch.inf else sums.amin(-1)
    else:
        values = svdvals(A)
        if ord == "nuc":
            out = values.sum(-1)
        elif ord == 2:
            out = values.amax(-1)
        elif ord == -2:
            out = values.amin(-1)
        else:
            raise ValueError("linalg.matrix_norm: order %s is not supported" % (ord,))
    return out[..., None, None] if keepdim else out


def _square(A, name):
    if A.ndim < 2:
        raise RuntimeError("%s: The input tensor A must have at least 2 dimensions." % name)
    if A.shape[-1] != A.shape[-2]:
        raise RuntimeError("%s: A must be batches of square matrices, but they are %d by %d matrices" % (name, A.shape[-2], A.shape[-1]))


class LinAlgError(RuntimeError):
    pass


def _each(function, A, *others):
    # A function of one matrix, of a batch of them.
    if A.ndim == 2:
        return function(A, *others)
    batch = A.shape[:-2]
    flat = A.reshape((-1,) + tuple(A.shape[-2:]))
    flats = [o.reshape((-1,) + tuple(o.shape[len(batch):])) for o in others]
    results = [function(flat[i], *[o[i] for o in flats]) for i in range(flat.shape[0])]
    if isinstance(results[0], tuple):
        return tuple(torch.stack(parts).reshape(tuple(batch) + tuple(parts[0].shape)) for parts in zip(*results))
    return torch.stack(results).reshape(tuple(batch) + tuple(results[0].shape))


def _order(A):
    # The order of rows of an elimination with pivots, and its sign.
    rows = A.detach().tolist()
    n = len(rows)
    order, sign = list(range(n)), 1
    for k in range(n):
        pivot = max(range(k, n), key=lambda i: abs(rows[i][k]))
        if rows[pivot][k] == 0:
            return None, 0
        if pivot != k:
            rows[k], rows[pivot] = rows[pivot], rows[k]
            order[k], order[pivot] = order[pivot], order[k]
            sign = -sign
        for i in range(k + 1, n):
            factor = rows[i][k] / rows[k][k]
            if factor != 0:
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[k])]
    return order, sign


def _det(A):
    n = A.shape[0]
    order, sign = _order(A)
    if order is None:
        return (A * 0).sum()
    if n == 0:
        return torch.ones((), dtype=A.dtype)
    rows = A[order]
    out = None
    for k in range(n):
        pivot = rows[0, 0]
        out = pivot if out is None else out * pivot
        rows = rows[1:, 1:] - torch.outer(rows[1:, 0] / pivot, rows[0, 1:])
    return out * sign


def det(A, *, out=None):
    _square(A, "linalg.det")
    return _each(_det, A)


def slogdet(A):
    value = det(A)
    return value.sign(), value.abs().log()


def _solve(A, B):
    n = A.shape[0]
    order, _ = _order(A)
    if order is None:
        raise LinAlgError("torch.linalg.solve: The solver failed because the input matrix is singular.")
    left, right = A[order], B[order]
    lefts, rights = [], []
    for k in range(n):
        lefts.append(left[0])
        rights.append(right[0])
        factor = left[1:, 0] / left[0, 0]
        right = right[1:] - factor[:, None] * right[0]
        left = left[1:, 1:] - factor[:, None] * left[0, 1:]
    found = []
    for k in reversed(range(n)):
        value = rights[k]
        for i, x in enumerate(found):
            value = value - lefts[k][i + 1] * x
        found.insert(0, value / lefts[k][0])
    return torch.stack(found)


def solve(A, B, *, left=True, out=None):
    _square(A, "linalg.solve")
    vector = B.ndim == 1 or B.ndim == A.ndim - 1 and B.shape == A.shape[:-1]
    if vector:
        B = B.unsqueeze(-1)
    if A.ndim > 2 and B.ndim == 2:
        B = B.expand(tuple(A.shape[:-2]) + tuple(B.shape))
    result = _each(_solve, A, B)
    return result.squeeze(-1) if vector else result


def _triangle(A, upper, unitriangular):
    one = (torch.triu if upper else torch.tril)(A, 0 if not unitriangular else 1 if upper else -1)
    return one + torch.eye(A.shape[-1], dtype=A.dtype, device=A.device) if unitriangular else one


def solve_triangular(A, B, *, upper, left=True, unitriangular=False, out=None):
    one = _triangle(A, upper, unitriangular)
    return solve(one, B) if left else solve(one.mT, B.mT).mT


def inv(A, *, out=None):
    _square(A, "linalg.inv")
    try:
        return _each(lambda a: _solve(a, torch.eye(a.shape[0], dtype=a.dtype)), A)
    except LinAlgError:
        raise LinAlgError("linalg.inv: The diagonal element 1 is zero, the inversion could not be completed because the input matrix is singular.") from None


def _cholesky(A):
    n = A.shape[0]
    rows = []
    for i in range(n):
        row = []
        for j in range(i + 1):
            value = A[i, j]
            for k in range(j):
                value = value - row[k] * (row[k] if i == j else rows[j][k])
            if i == j:
                if value.item() <= 0:
                    raise LinAlgError("linalg.cholesky: The factorization could not be completed because the input is not positive-definite (the leading minor of order %d is not positive-definite)." % (i + 1))
                row.append(value.sqrt())
            else:
                row.append(value / rows[j][j])
        rows.append(row)
    zero = torch.zeros((), dtype=A.dtype)
    return torch.stack([torch.stack(row + [zero] * (n - len(row))) for row in rows])


def cholesky(A, *, upper=False, out=None):
    _square(A, "linalg.cholesky")
    L = _each(_cholesky, A)
    return L.mT if upper else L


def matrix_rank(A, tol=None, hermitian=False, *, out=None):
    values = svdvals(A)
    if tol is None:
        tol = values.amax(-1, keepdim=True) * max(A.shape[-2:]) * torch.finfo(A.dtype).eps
    return (values > tol).sum(-1)


def _qr_signs(A):
    # Those of Householder's reflections, which leave a column alone that is zero below the diagonal.
    m, n = A.shape
    signs, R = [], A.detach().clone()
    for j in range(min(m, n)):
        x = R[j:, j]
        norm = torch.where(x[:1] < 0, x.norm(), -x.norm())
        corner = torch.where((x[1:] ** 2).sum() > 0, norm, x[:1])
        signs.append(torch.where(corner < 0, -torch.ones_like(corner), torch.ones_like(corner)))
        v = torch.cat([x[:1] - corner, x[1:]])
        v = v / v.norm().clamp(min=torch.finfo(A.dtype).tiny)
        R[j:] -= 2 * torch.outer(v, v @ R[j:])
    return signs


def _qr(A):
    columns = []
    for j, sign in enumerate(_qr_signs(A)):
        v = A[:, j]
        for _ in range(2):
            for c in columns:
                v = v - c * c.dot(v)
        columns.append(v / v.norm() * sign)
    Q = torch.stack(columns, 1)
    return Q, (Q.t() @ A).triu()


def qr(A, mode="reduced", *, out=None):
    return _each(_qr, A)


def lstsq(A, B, rcond=None, *, driver=None):
    vector = B.ndim == A.ndim - 1
    if vector:
        B = B.unsqueeze(-1)
    Q, R = qr(A)
    solution = solve(R, Q.mT @ B)
    return _Solution(solution.squeeze(-1) if vector else solution)


class _Solution:
    def __init__(self, solution):
        self.solution = solution

    def __iter__(self):
        return iter([self.solution])


def pinv(A, rcond=1e-15, hermitian=False):
    U, S, V = _each(_svd, A)
    large = S > S.amax(-1, keepdim=True) * max(A.shape[-2:]) * torch.finfo(A.dtype).eps
    inverse = torch.where(large, 1 / torch.where(large, S, torch.ones_like(S)), torch.zeros_like(S))
    return V @ (inverse[..., None] * U.mT)


def multi_dot(tensors, *, out=None):
    product = tensors[0]
    for t in tensors[1:]:
        product = product @ t
    return product


def matrix_power(A, n, *, out=None):
    return (inv(A) if n < 0 else A).matrix_power(abs(n))


def cross(input, other, *, dim=-1, out=None):
    return input.cross(other, dim)


def cond(A, p=None, *, out=None):
    if p is None:
        values = svdvals(A)
        return values.amax(-1) / values.amin(-1)
    return matrix_norm(A, p) * matrix_norm(inv(A), p)


def _logdet(A):
    return det(A).log()


def _cholesky_of(A, upper=False):
    return cholesky(A, upper=upper)


def _qr_of(A, some=True):
    return qr(A)


def _svd_of(A, some=True, compute_uv=True):
    U, S, Vh = svd(A, full_matrices=not some)
    return U, S, Vh.mT


def matrix_exp(A):
    return torch.matrix_exp(A)
