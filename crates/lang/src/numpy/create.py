# numpy: making arrays.


def array(object, dtype=None, copy=True, order="K", ndmin=0):
    if _are_texts(object):
        return _Texts(object)
    made = _asarray(_listed(object), dtype, copy)
    while made.ndim < ndmin:
        made = expand_dims(made, 0)
    return made


def _listed(a):
    # What is no sequence, but can be walked.
    if hasattr(a, "__array__") and not _isarray(a) and not hasattr(a, "requires_grad"):
        return a.__array__()
    return a


def asarray(a, dtype=None, order="K"):
    return _Texts(a) if _are_texts(a) else _asarray(_listed(a), dtype)


asanyarray = asarray


def ascontiguousarray(a, dtype=None):
    return _asarray(a, dtype)


def asfarray(a, dtype=float64):
    return _asarray(a, dtype)


def fromiter(iter, dtype, count=-1):
    return _asarray(list(iter), dtype)


def zeros(shape, dtype=float64, order="C"):
    return _full(shape, 0, dtype)


def ones(shape, dtype=float64, order="C"):
    return _full(shape, 1, dtype)


def empty(shape, dtype=float64, order="C"):
    return _full(shape, 0, dtype)


def full(shape, fill_value, dtype=None, order="C"):
    return _full(shape, fill_value, dtype)


def _like(a, value, dtype, shape):
    a = _asarray(a)
    return _full(a.shape if shape is None else shape, value, a.dtype if dtype is None else dtype)


def zeros_like(a, dtype=None, shape=None):
    return _like(a, 0, dtype, shape)


def ones_like(a, dtype=None, shape=None):
    return _like(a, 1, dtype, shape)


def empty_like(prototype, dtype=None, shape=None):
    return _like(prototype, 0, dtype, shape)


def full_like(a, fill_value, dtype=None, shape=None):
    return _like(a, fill_value, dtype, shape)


def arange(start, stop=None, step=1, dtype=None):
    if stop is None:
        start, stop = 0, start
    return _arange(start, stop, 1 if step is None else step, dtype)


def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0):
    if num < 0:
        raise ValueError(f"Number of samples, {num}, must be non-negative.")
    start, stop = _asarray(start) * 1.0, _asarray(stop) * 1.0
    parts = num - 1 if endpoint else num
    delta = stop - start
    steps = reshape(_arange(0, num, 1, float64), (-1,) + (1,) * ndim(delta))
    step = delta / parts if parts > 0 else nan
    values = steps * step if parts > 0 else steps * delta
    values = values + start
    if endpoint and num > 1:
        values[-1] = stop
    if dtype is not None:
        values = (floor(values) if dtype is int else values).astype(dtype)
    return (values, step) if retstep else values


def logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None):
    values = power(base, linspace(start, stop, num, endpoint))
    return values if dtype is None else values.astype(dtype)


def geomspace(start, stop, num=50, endpoint=True, dtype=None):
    values = logspace(log10(start), log10(stop), num, endpoint)
    if num > 0:
        values[0] = start
        if num > 1 and endpoint:
            values[-1] = stop
    return values if dtype is None else values.astype(dtype)


def eye(N, M=None, k=0, dtype=float64):
    columns = N if M is None else M
    return (_arange(0, columns, 1) - _arange(0, N, 1)[:, None] == k).astype(dtype)


def identity(n, dtype=float64):
    return eye(n, dtype=dtype)


def tri(N, M=None, k=0, dtype=float64):
    columns = N if M is None else M
    return (_arange(0, columns, 1) - _arange(0, N, 1)[:, None] <= k).astype(dtype)


def tril(m, k=0):
    m = _asarray(m)
    return where(tri(m.shape[-2], m.shape[-1], k, bool), m, zeros(1, m.dtype))


def triu(m, k=0):
    m = _asarray(m)
    return where(tri(m.shape[-2], m.shape[-1], k - 1, bool), zeros(1, m.dtype), m)


def tril_indices(n, k=0, m=None):
    return nonzero(tri(n, m, k, bool))


def triu_indices(n, k=0, m=None):
    return nonzero(~tri(n, m, k - 1, bool))


def diag(v, k=0):
    v = _asarray(v)
    if v.ndim == 1:
        n = len(v) + _abs(k)
        made = zeros((n, n), v.dtype)
        rows = _arange(0, len(v), 1)
        made[rows + _max(-k, 0), rows + _max(k, 0)] = v
        return made
    if v.ndim == 2:
        return diagonal(v, k).copy()
    raise ValueError("Input must be 1- or 2-d.")


def diagflat(v, k=0):
    return diag(ravel(v), k)


def fill_diagonal(a, val):
    rows = _arange(0, _min(a.shape), 1)
    a[rows, rows] = val


def meshgrid(*xi, indexing="xy", sparse=False, copy=True):
    arrays = [ravel(x) for x in xi]
    n = len(arrays)
    sizes = [len(x) for x in arrays]
    made = []
    for i, x in enumerate(arrays):
        place = 1 - i if indexing == "xy" and n > 1 and i < 2 else i
        shape = [1] * n
        shape[place] = -1
        made.append(reshape(x, shape))
    if indexing == "xy" and n > 1:
        sizes[0], sizes[1] = sizes[1], sizes[0]
    return made if sparse else [broadcast_to(x, sizes) for x in made]


class _Mesh:
    def __init__(self, sparse):
        self._sparse = sparse

    def __getitem__(self, key):
        if isinstance(key, slice):
            return _stretch(key)
        lines = []
        for part in key:
            start, step = 0 if part.start is None else part.start, 1 if part.step is None else part.step
            lines.append(arange(int(ceil((part.stop - start) / step))) * step + start)
        lines = meshgrid(*lines, indexing="ij", sparse=self._sparse)
        return lines if self._sparse else stack(lines)


mgrid, ogrid = _Mesh(False), _Mesh(True)


def indices(dimensions, dtype=int64):
    return stack(meshgrid(*[arange(n, dtype=dtype) for n in dimensions], indexing="ij"))


def vander(x, N=None, increasing=False):
    x = _asarray(x)
    powers = _arange(0, len(x) if N is None else N, 1)
    return x[:, None] ** (powers if increasing else powers[::-1])


def fromfunction(function, shape, dtype=float64):
    return function(*indices(shape, dtype))


def set_printoptions(precision=None, threshold=None, edgeitems=None, linewidth=None, suppress=None, **others):
    _set_printoptions(precision, threshold, edgeitems, linewidth, suppress)


def array2string(a, max_line_width=None, precision=None, suppress_small=None, separator=" ", prefix="", formatter=None, threshold=None, edgeitems=None, suffix="", **others):
    if formatter is not None:
        raise NotImplementedError("array2string with formatter is not part of Seegrad")
    with printoptions(precision=precision, threshold=threshold, edgeitems=edgeitems, linewidth=max_line_width, suppress=suppress_small):
        return _array_text(_asarray(a), separator, prefix, len(suffix))


class errstate:
    def __init__(self, **kinds):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        return False


class printoptions:
    def __init__(self, **options):
        self.options = options

    def __enter__(self):
        self.before = _set_printoptions(None, None, None, None, None)
        set_printoptions(**self.options)
        return self.options

    def __exit__(self, *exception):
        _set_printoptions(*self.before)
        return False


def seterr(**kinds):
    return {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}


class finfo:
    def __init__(self, kind):
        single = dtype(kind) == float32
        self.eps = float32(2.0**-23) if single else float64(2.0**-52)
        self.max = float32(3.4028234663852886e38) if single else float64(1.7976931348623157e308)
        self.min = -self.max
        self.tiny = float32(2.0**-126) if single else float64(2.2250738585072014e-308)
        self.resolution = float32(1e-6) if single else float64(1e-15)
        self.bits = 32 if single else 64


class iinfo:
    def __init__(self, kind):
        bits = dtype(kind).itemsize * 8
        self.bits = bits
        if dtype(kind).kind == "u":
            self.min, self.max = 0, 255
        else:
            self.max = 2 ** (bits - 2) - 1 + 2 ** (bits - 2)
            self.min = -self.max - 1
