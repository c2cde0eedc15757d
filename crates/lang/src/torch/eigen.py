# Eigenvalues and singular values: the second part of `torch.linalg`. NumPy's functions compute them, in lists: in double
# precision on every device.


def _tensor_of(rows, A, *shape):
    return torch.tensor(rows, dtype=A.dtype, device=A.device).reshape(shape)


def _eigh(A):
    import numpy as np

    values, vectors = np.linalg._signed(A.detach().tolist())
    return _tensor_of(values, A, len(values)), _tensor_of(vectors, A, *A.shape)


def eigh(A, UPLO="L", *, out=None):
    _square(A, "linalg.eigh")
    if A.requires_grad and torch.is_grad_enabled():
        raise RuntimeError("the gradient of eigh is not part of Seegrad")
    return torch._composed._returned("linalg_eigh", **dict(zip(("eigenvalues", "eigenvectors"), _each(_eigh, A))))


def eigvalsh(A, UPLO="L", *, out=None):
    return eigh(A, UPLO)[0]


def _svd(A, full=False):
    m, n = A.shape
    if A.numel() == 0:
        one = lambda size: torch.eye(size, dtype=A.dtype, device=A.device)[:, :size if full else 0]
        return one(m), A.new_zeros(0), one(n).mT
    import numpy as np

    u, v, s = np.linalg._svd(A.detach().tolist(), full)
    long, short = max(m, n), min(m, n)
    u, v, s = _tensor_of(u, A, long, long if full else short), _tensor_of(v, A, short, short), _tensor_of(s, A, short)
    return (u, s, v.mT) if m >= n else (v, s, u.mT)


def svd(A, full_matrices=True, *, out=None):
    if A.requires_grad and torch.is_grad_enabled():
        raise RuntimeError("the gradient of svd is not part of Seegrad")
    return torch._composed._returned("linalg_svd", **dict(zip(("U", "S", "Vh"), _each(lambda A: _svd(A, full_matrices), A))))


def svdvals(A, *, out=None):
    if A.requires_grad and torch.is_grad_enabled():
        raise RuntimeError("the gradient of svdvals is not part of Seegrad")
    return _each(_svd, A)[1]
