# Eigenvalues and singular values: the second part of `torch.linalg`. NumPy computes them, in double precision on every device.
import numpy as np


def _numbers(A):
    return np.array(A.detach().tolist(), dtype=np.float64).reshape(A.shape)


def _as_tensors(arrays, A):
    return tuple(torch.tensor(array.tolist(), dtype=A.dtype, device=A.device).reshape(array.shape) for array in arrays)


def _eigh(A):
    return _as_tensors(np.linalg.eigh(_numbers(A)), A)


def eigh(A, UPLO="L", *, out=None):
    _square(A, "linalg.eigh")
    if A.requires_grad and torch.is_grad_enabled():
        raise RuntimeError("the gradient of eigh is not part of Seegrad")
    return torch._composed._returned("linalg_eigh", **dict(zip(("eigenvalues", "eigenvectors"), _each(_eigh, A))))


def eigvalsh(A, UPLO="L", *, out=None):
    return eigh(A, UPLO)[0]


def _svd(A, full=False):
    return _as_tensors(np.linalg.svd(_numbers(A), full), A)


def svd(A, full_matrices=True, *, out=None):
    if A.requires_grad and torch.is_grad_enabled():
        raise RuntimeError("the gradient of svd is not part of Seegrad")
    return torch._composed._returned("linalg_svd", **dict(zip(("U", "S", "Vh"), _each(lambda A: _svd(A, full_matrices), A))))


def svdvals(A, *, out=None):
    if A.requires_grad and torch.is_grad_enabled():
        raise RuntimeError("the gradient of svdvals is not part of Seegrad")
    return _each(_svd, A)[1]
