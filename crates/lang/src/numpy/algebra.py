

# numpy: products of vectors and matrices, and polynomials.
def outer(a, b):
    return ravel(a)[:, None] * ravel(b)[None, :]


def inner(a, b):
    a, b = _asarray(a), _asarray(b)
    if a.ndim == 0 or b.ndim == 0:
        return a * b
    return dot(a, moveaxis(b, -1, _max(b.ndim - 2, 0)))


def vdot(a, b):
    return dot(ravel(a), ravel(b))


def trace(a, offset=0):
    return sum(diagonal(a, offset), -1)


def tensordot(a, b, axes=2):
    a, b = _asarray(a), _asarray(b)
    if isinstance(axes, int):
        left, right = list(range(a.ndim - axes, a.ndim)), list(range(axes))
    else:
        left, right = [[x] if isinstance(x, int) else list(x) for x in axes]
    left, right = [d % a.ndim for d in left], [d % b.ndim for d in right]
    rest_a = [d for d in range(a.ndim) if d not in left]
    rest_b = [d for d in range(b.ndim) if d not in right]
    n = 1
    for d in left:
        n *= a.shape[d]
    sizes = [a.shape[d] for d in rest_a] + [b.shape[d] for d in rest_b]
    product = dot(reshape(transpose(a, rest_a + left), (-1, n)), reshape(transpose(b, right + rest_b), (n, -1)))
    return reshape(product, sizes)


def cross(a, b):
    a, b = _asarray(a), _asarray(b)
    x = a[..., 1] * b[..., 2] - a[..., 2] * b[..., 1]
    y = a[..., 2] * b[..., 0] - a[..., 0] * b[..., 2]
    return stack([x, y, a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]], -1)


def kron(a, b):
    a, b = _asarray(a), _asarray(b)
    if a.ndim == 1:
        return ravel(a[:, None] * b[None, :])
    n, m = a.shape
    return reshape(a[:, None, :, None] * b[None, :, None, :], (n * b.shape[0], m * b.shape[1]))


def convolve(a, v, mode="full"):
    a, v = _asarray(a), _asarray(v)
    if len(v) > len(a):
        a, v = v, a
    n, m = len(a), len(v)
    total = zeros(n + m - 1, (a[:1] * v[:1]).dtype)
    for i in range(m):
        total[i : i + n] += a * v[i]
    if mode == "same":
        return total[(m - 1) // 2 : (m - 1) // 2 + n]
    return total[m - 1 : n] if mode == "valid" else total


def polyval(p, x):
    y = zeros_like(x) if ndim(x) else 0
    for c in p:
        y = y * x + c
    return y


def polyfit(x, y, deg):
    x, y = _asarray(x) * 1.0, _asarray(y) * 1.0
    scale = abs(x).max() or 1.0
    a = vander(x / scale, deg + 1)
    # Orthogonal columns first, which loses fewer digits than the normal equations.
    columns, r = [], zeros((deg + 1, deg + 1))
    for j in range(deg + 1):
        v = a[:, j].copy()
        for _ in range(2):
            for i, q in enumerate(columns):
                part = dot(q, v)
                r[i, j] += part
                v = v - part * q
        r[j, j] = sqrt(dot(v, v))
        columns.append(v / r[j, j])
    c = dot(stack(columns), y)
    for j in reversed(range(deg + 1)):
        c[j] = (c[j] - dot(r[j, j + 1 :], c[j + 1 :])) / r[j, j]
    powers = arange(deg, -1, -1)
    return c / (scale**powers if c.ndim == 1 else (scale**powers)[:, None])


def poly1d(c):
    return lambda x: polyval(c, x)


def lexsort(keys, axis=-1):
    # By the last key; what is equal there, by the one before it.
    order = None
    for key in keys:
        key = _asarray(key)
        order = key.argsort(kind="stable") if order is None else order[key[order].argsort(kind="stable")]
    return order


