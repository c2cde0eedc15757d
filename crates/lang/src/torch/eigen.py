# Eigenvalues and singular values: the second part of `torch.linalg`. They are computed in lists of Python's floats, in double
# precision on every device.


def _rotated(a):
    # The eigenvalues of a symmetric matrix, a list of rows, from the smallest on, with their vectors: Jacobi's rotations.
    n = len(a)
    v = [[1.0 if i == j else 0.0 for j in range(n)] for i in range(n)]
    for sweep in range(60):
        off = sum(a[i][j] ** 2 for i in range(n) for j in range(i))
        if off < 1e-300:
            break
        for p in range(n):
            for q in range(p + 1, n):
                if a[p][q] == 0:
                    continue
                theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
                t = (1 if theta >= 0 else -1) / (abs(theta) + (theta * theta + 1) ** 0.5)
                c = 1 / (t * t + 1) ** 0.5
                s = t * c
                for k in range(n):
                    a[k][p], a[k][q] = c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]
                for k in range(n):
                    a[p][k], a[q][k] = c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]
                for k in range(n):
                    v[k][p], v[k][q] = c * v[k][p] - s * v[k][q], s * v[k][p] + c * v[k][q]
    order = sorted(range(n), key=lambda i: a[i][i])
    return [a[i][i] for i in order], [[row[i] for row in v] for i in order]


def _tensor_of(rows, shape, dtype):
    # Of rows that may be none.
    return torch.tensor(rows, dtype=dtype).reshape(shape)


def _eigh(A):
    n = A.shape[0]
    values, vectors = _rotated(A.detach().tolist())
    return _tensor_of(values, (n,), A.dtype), _tensor_of(vectors, (n, n), A.dtype).t()


def eigh(A, UPLO="L", *, out=None):
    _square(A, "linalg.eigh")
    if A.requires_grad and torch.is_grad_enabled():
        raise RuntimeError("the gradient of eigh is not part of Seegrad")
    return _each(_eigh, A)


def eigvalsh(A, UPLO="L", *, out=None):
    return eigh(A, UPLO)[0]


def _dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def _svd(A):
    m, n = A.shape
    if m < n:
        U, S, V = _svd(A.t())
        return V, S, U
    # In double precision, because squares lose half of the digits.
    rows = A.detach().tolist()
    values, vectors = _rotated([[sum(row[i] * row[j] for row in rows) for j in range(n)] for i in range(n)])
    values.reverse()
    vectors.reverse()
    largest = max(values[0], 0.0) ** 0.5 if n > 0 else 0.0

    def apart(u, columns):
        for c in columns:
            along = _dot(c, u)
            u = [x - along * y for x, y in zip(u, c)]
        return u, _dot(u, u) ** 0.5

    images = [[_dot(row, v) for row in rows] for v in vectors]
    columns = []
    for image in images:
        u, size = apart(image, columns)
        if size <= 1e-12 * max(1.0, largest):
            for k in range(m):
                u, size = apart([1.0 if i == k else 0.0 for i in range(m)], columns)
                if size > 0.1:
                    break
        columns.append([x / size for x in u])
    S = [max(_dot(c, image), 0.0) for c, image in zip(columns, images)]
    tensor = lambda rows, *shape: _tensor_of(rows, shape, A.dtype)
    return tensor(columns, n, m).t(), tensor(S, n), tensor(vectors, n, n).t()


def svd(A, full_matrices=True, *, out=None):
    if A.requires_grad and torch.is_grad_enabled():
        raise RuntimeError("the gradient of svd is not part of Seegrad")
    U, S, V = _each(_svd, A)
    if full_matrices and A.shape[-1] != A.shape[-2]:
        raise RuntimeError("svd with full_matrices=True of a matrix that is not square is not part of Seegrad: write full_matrices=False")
    return U, S, V.mT


def svdvals(A, *, out=None):
    if A.requires_grad and torch.is_grad_enabled():
        raise RuntimeError("the gradient of svdvals is not part of Seegrad")
    return _each(_svd, A)[1]
