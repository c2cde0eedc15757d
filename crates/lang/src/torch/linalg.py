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


LinAlgError.__name__ = "_LinAlgError"


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
    import numpy as np

    return np.linalg._pivots(A.detach().tolist())


def _eliminated(A):
    # The pivots of an elimination, and the sign of the exchanges: nothing and 0 of a singular matrix.
    order, sign = _order(A)
    pivots, rows = [], A if order is None else A[order]
    for k in range(0 if order is None else A.shape[0]):
        pivots.append(rows[0, 0])
        rows = rows[1:, 1:] - torch.outer(rows[1:, 0] / rows[0, 0], rows[0, 1:])
    return pivots, sign


def _det(A):
    pivots, sign = _eliminated(A)
    if sign == 0:
        return (A * 0).sum()
    out = torch.ones((), dtype=A.dtype)
    for pivot in pivots:
        out = out * pivot
    return out * sign


def det(A, *, out=None):
    _square(A, "linalg.det")
    return _each(_det, A)


def _slogdet(A):
    pivots, sign = _eliminated(A)
    if not pivots:
        return torch.tensor(float(sign)), (A * 0).sum() + (-torch.inf if sign == 0 else 0)
    pivots = torch.stack(pivots)
    return pivots.detach().sign().prod() * sign, pivots.abs().log().sum()


def slogdet(A):
    _square(A, "linalg.slogdet")
    sign, logabsdet = _each(_slogdet, A)
    return torch._composed._returned("linalg_slogdet", sign=sign, logabsdet=logabsdet)


def _slogdet_of(A):
    return torch._composed._returned("slogdet", **slogdet(A)._asdict())


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
    found = rights[-1:] and [rights[-1] / lefts[-1][0]]
    for k in reversed(range(n - 1)):
        found.insert(0, (rights[k] - lefts[k][1:] @ torch.stack(found)) / lefts[k][0])
    return torch.stack(found)


def solve(A, B, *, left=True, out=None):
    _square(A, "linalg.solve")
    vector = B.ndim == 1 or B.ndim == A.ndim - 1 and B.shape == A.shape[:-1]
    if vector:
        B = B.unsqueeze(-1)
    if A.ndim == 2 and B.ndim > 2:
        wide = B.movedim(-2, 0)
        return _solve(A, wide.reshape(A.shape[0], -1)).reshape(wide.shape).movedim(0, -2)
    if A.ndim > 2:
        batch = torch.broadcast_shapes(A.shape[:-2], B.shape[:-2])
        A, B = A.expand(batch + A.shape[-2:]), B.expand(batch + B.shape[-2:])
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
    columns = []
    for j in range(A.shape[0]):
        pivot = A[0, 0]
        if not pivot.item() > 0:
            raise LinAlgError("linalg.cholesky: The factorization could not be completed because the input is not positive-definite (the leading minor of order %d is not positive-definite)." % (j + 1))
        column = A[:, 0] / pivot.sqrt()
        columns.append(torch.nn.functional.pad(column, (j, 0)))
        A = A[1:, 1:] - torch.outer(column[1:], column[1:])
    return torch.stack(columns, 1)


def cholesky(A, *, upper=False, out=None):
    _square(A, "linalg.cholesky")
    L = _each(_cholesky, A)
    return L.mT if upper else L


def matrix_rank(A, tol=None, hermitian=False, *, out=None):
    values = svdvals(A)
    if tol is None:
        tol = values.amax(-1, keepdim=True) * max(A.shape[-2:]) * torch.finfo(A.dtype).eps
    return (values > tol).sum(-1)


def _reflections(A):
    # Householder's, which leave a column alone that is zero below the diagonal: the signs on the diagonal of R, and the vectors.
    m, n = A.shape
    signs, vectors, R = [], [], A.detach().clone()
    for j in range(min(m, n)):
        x = R[j:, j]
        norm = torch.where(x[:1] < 0, x.norm(), -x.norm())
        corner = torch.where((x[1:] ** 2).sum() > 0, norm, x[:1])
        signs.append(torch.where(corner < 0, -torch.ones_like(corner), torch.ones_like(corner)))
        v = torch.cat([x[:1] - corner, x[1:]])
        vectors.append(v / v.norm().clamp(min=torch.finfo(A.dtype).tiny))
        _reflect(R, j, vectors[j])
    return signs, vectors


def _reflect(A, j, v):
    A[j:] -= 2 * torch.outer(v, v @ A[j:])


def _qr(A, complete=False):
    m, n = A.shape
    columns = []
    signs, vectors = _reflections(A)
    for j, sign in enumerate(signs):
        v = A[:, j]
        for _ in range(2):
            for c in columns:
                v = v - c * c.dot(v)
        columns.append(v / v.norm() * sign)
    Q = torch.stack(columns, 1)
    R = (Q.t() @ A).triu()
    if complete and m > n:
        others = torch.eye(m, dtype=A.dtype, device=A.device)[:, n:].clone()
        for j in reversed(range(n)):
            _reflect(others, j, vectors[j])
        Q, R = torch.cat([Q, others], 1), torch.cat([R, R.new_zeros(m - n, n)])
    return Q, R


def qr(A, mode="reduced", *, out=None):
    if mode not in ("reduced", "complete", "r"):
        raise RuntimeError(f"qr received unrecognized mode '{mode}' but expected one of 'reduced' (default), 'r', or 'complete'")
    complete = mode == "complete"
    if complete and A.shape[-2] > A.shape[-1] and A.requires_grad and torch.is_grad_enabled():
        raise RuntimeError("The QR decomposition is not differentiable when mode='complete' and nrows > ncols.")
    Q, R = _each(lambda A: _qr(A, complete), A)
    return torch._composed._returned("linalg_qr", Q=A.new_empty(0) if mode == "r" else Q, R=R)


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
    U, S, Vh = _each(_svd, A)
    large = S > S.amax(-1, keepdim=True) * max(A.shape[-2:]) * torch.finfo(A.dtype).eps
    inverse = torch.where(large, 1 / torch.where(large, S, torch.ones_like(S)), torch.zeros_like(S))
    return Vh.mT @ (inverse[..., None] * U.mT)


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
    sign, value = slogdet(A)
    return torch.where(sign < 0, torch.nan, value)


def _cholesky_of(A, upper=False):
    return cholesky(A, upper=upper)


def _qr_of(A, some=True):
    return torch._composed._returned("qr", **qr(A, "reduced" if some else "complete")._asdict())


def _svd_of(A, some=True, compute_uv=True):
    U, S, Vh = svd(A, full_matrices=not some or not compute_uv)
    V = Vh.mT
    if not compute_uv:
        U, V = torch.zeros_like(U), torch.zeros_like(V)
    return torch._composed._returned("svd", U=U, S=S, V=V)


def matrix_exp(A):
    return torch.matrix_exp(A)
