

# numpy: comparisons, statistics and the like.
amax = max
amin = min
product = prod
cumproduct = cumprod
alltrue = all
sometrue = any
fix = trunc
conjugate = positive


def array_equal(a1, a2):
    a1, a2 = _asarray(a1), _asarray(a2)
    return a1.shape == a2.shape and bool(all(a1 == a2))


def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    a, b = _asarray(a) * 1.0, _asarray(b) * 1.0
    finite = isfinite(a) & isfinite(b)
    close = where(finite, abs(a - b) <= atol + rtol * abs(b), a == b)
    if equal_nan:
        close = close | (isnan(a) & isnan(b))
    return close if ndim(close) else bool_(close)


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return bool(all(isclose(a, b, rtol, atol, equal_nan)))


def count_nonzero(a, axis=None, keepdims=False):
    counted = sum(_asarray(a) != 0, axis, keepdims=keepdims)
    return int(counted) if axis is None and not keepdims else counted


def iscomplexobj(x):
    return False


def isreal(x):
    return ones_like(x, bool)


def ptp(a, axis=None):
    return max(a, axis) - min(a, axis)


def average(a, axis=None, weights=None, returned=False):
    if weights is None:
        return mean(a, axis)
    a, weights = _asarray(a), _asarray(weights)
    if a.shape != weights.shape and axis is not None:
        shape = [1] * a.ndim
        shape[axis] = -1
        weights = reshape(weights, shape)
    total = sum(weights * ones_like(a), axis)
    if not all(total):
        raise ZeroDivisionError("Weights sum to zero, can't be normalized")
    average = sum(a * weights, axis) / total
    return (average, total) if returned else average


def median(a, axis=None, keepdims=False):
    a = _asarray(a)
    if axis is None:
        middle = median(ravel(a), 0)
        return reshape(middle, (1,) * a.ndim) if keepdims else middle
    a = sort(a, axis)
    n = a.shape[axis]
    half = n // 2
    middle = mean(take(a, [half] if n % 2 else [half - 1, half], axis), axis, keepdims=keepdims)
    return middle


def quantile(a, q, axis=None, method="linear"):
    a = _asarray(a) * 1.0
    if axis is None:
        a, axis = ravel(a), 0
    if any(_asarray(q) < 0) or any(_asarray(q) > 1):
        raise ValueError("Quantiles must be in the range [0, 1]")
    if ndim(q):
        return stack([quantile(a, x, axis, method) for x in _asarray(q)])
    a = moveaxis(sort(a, axis), axis, 0)
    place = float(q) * (len(a) - 1)
    below = int(place)
    above = _min(below + 1, len(a) - 1)
    part = place - below
    low, high = a[below], a[above]
    return high - (high - low) * (1 - part) if part >= 0.5 else low + (high - low) * part


def percentile(a, q, axis=None, method="linear"):
    if any(_asarray(q) < 0) or any(_asarray(q) > 100):
        raise ValueError("Percentiles must be in the range [0, 100]")
    return quantile(a, true_divide(q, 100), axis, method)


def diff(a, n=1, axis=-1):
    a = _asarray(a)
    for _ in range(n):
        before = [slice(None)] * a.ndim
        after = [slice(None)] * a.ndim
        before[axis], after[axis] = slice(None, -1), slice(1, None)
        if a.dtype == bool_:
            a = a[tuple(after)] != a[tuple(before)]
        else:
            a = a[tuple(after)] - a[tuple(before)]
    return a


def ediff1d(ary):
    return diff(ravel(ary))


def gradient(f, spacing=1.0):
    f = _asarray(f) * 1.0
    inside = (f[2:] - f[:-2]) / (2.0 * spacing)
    return _concatenate([(f[1:2] - f[:1]) / spacing, inside, (f[-1:] - f[-2:-1]) / spacing], 0)


def trapz(y, x=None, dx=1.0):
    y = _asarray(y)
    steps = dx if x is None else diff(_asarray(x))
    return sum(steps * (y[1:] + y[:-1]) / 2.0)


def cov(m, y=None, rowvar=True, bias=False, ddof=None):
    m = atleast_2d(m) * 1.0
    if y is not None:
        m = vstack([m, y])
    if not rowvar and m.shape[0] != 1:
        m = m.T
    m = m - mean(m, 1, keepdims=True)
    ddof = (0 if bias else 1) if ddof is None else ddof
    return squeeze(dot(m, m.T) * true_divide(1, m.shape[1] - ddof))


def corrcoef(x, y=None, rowvar=True):
    c = cov(x, y, rowvar)
    if ndim(c) == 0:
        return c / c
    d = sqrt(diag(c))
    return clip(c / d[:, None] / d[None, :], -1, 1)


def nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    x = _asarray(x)
    largest = finfo(x.dtype).max if x.dtype.kind == "f" else 0
    y = where(isnan(x), x.dtype.type(nan), x)
    y = where(isinf(x) & (x > 0), x.dtype.type(largest if posinf is None else posinf), y)
    return where(isinf(x) & (x < 0), x.dtype.type(-largest if neginf is None else neginf), y)


def _without_nan(a, fill):
    a = _asarray(a)
    return where(isnan(a), a.dtype.type(fill), a)


def nansum(a, axis=None):
    return sum(_without_nan(a, 0), axis)


def nanmean(a, axis=None):
    return nansum(a, axis) / sum(~isnan(a), axis)


def nanmax(a, axis=None):
    return max(_without_nan(a, -inf), axis)


def nanmin(a, axis=None):
    return min(_without_nan(a, inf), axis)


def nanstd(a, axis=None):
    away = _asarray(a) - nanmean(a, axis)
    return sqrt(nanmean(away * away, axis))


def unique(ar, return_index=False, return_inverse=False, return_counts=False, axis=None):
    if _are_texts(ar):
        names = sorted(set(ar))
        which = _asarray([names.index(name) for name in ar])
        values, (_, first, which, counts) = _Texts(names), _unique(which)
    else:
        values, first, which, counts = _unique(ar)
    found = (values,)
    if return_index:
        found += (first,)
    if return_inverse:
        found += (which,)
    if return_counts:
        found += (counts,)
    return found if len(found) > 1 else values


def isin(element, test_elements, invert=False):
    element, tests = _asarray(element), ravel(test_elements)
    found = any(element[..., None] == tests, -1)
    return ~found if invert else found


in1d = isin


def setdiff1d(ar1, ar2):
    a = unique(ar1)
    return a[~isin(a, ar2)]


def intersect1d(ar1, ar2):
    a = unique(ar1)
    return a[isin(a, ar2)]


def union1d(ar1, ar2):
    return unique(append(ar1, ar2))


def digitize(x, bins, right=False):
    return searchsorted(bins, x, "left" if right else "right")


def histogram_bin_edges(a, bins=10, range=None):
    if ndim(bins):
        return _asarray(bins)
    a = ravel(a)
    low, high = range if range is not None else ((min(a), max(a)) if a.size else (0.0, 1.0))
    if low == high:
        low, high = low - 0.5, high + 0.5
    return linspace(low, high, bins + 1)


def histogram(a, bins=10, range=None, density=None, weights=None):
    a = ravel(a) * 1.0
    edges = histogram_bin_edges(a, 10 if isinstance(bins, str) else bins, range)
    inside = (a >= edges[0]) & (a <= edges[-1])
    places = clip(searchsorted(edges, a[inside], "right") - 1, 0, len(edges) - 2)
    counts = bincount(places, None if weights is None else ravel(weights)[inside], len(edges) - 1)
    if density:
        counts = counts / diff(edges) / sum(counts)
    return counts, edges


def interp(x, xp, fp, left=None, right=None):
    x, xp, fp = _asarray(x) * 1.0, _asarray(xp) * 1.0, _asarray(fp) * 1.0
    at = clip(searchsorted(xp, x, "right") - 1, 0, len(xp) - 2)
    slopes = (fp[1:] - fp[:-1]) / (xp[1:] - xp[:-1])
    values = take(slopes, at) * (x - take(xp, at)) + take(fp, at)
    values = where(x <= xp[0], fp[0], where(x >= xp[-1], fp[-1], values))
    if left is not None:
        values = where(x < xp[0], left, values)
    if right is not None:
        values = where(x > xp[-1], right, values)
    return values if ndim(values) else values[()]


def apply_along_axis(func1d, axis, arr, *args, **kwargs):
    arr = moveaxis(arr, axis, -1)
    results = [func1d(row, *args, **kwargs) for row in reshape(arr, (-1, arr.shape[-1]))]
    made = reshape(_asarray(results), arr.shape[:-1] + shape(results[0]))
    return moveaxis(made, -1, axis) if ndim(results[0]) else made


def vectorize(pyfunc, otypes=None, signature=None):
    def vectorized(*args):
        arrays = broadcast_arrays(*args)
        results = [pyfunc(*values) for values in zip(*[a.ravel() for a in arrays])]
        made = reshape(_asarray(results), arrays[0].shape)
        return made if made.ndim else made[()]

    return vectorized


def sinc(x):
    x = pi * where(_asarray(x) == 0, 1.0e-20, x)
    return sin(x) / x


def heaviside(x1, x2):
    return where(_asarray(x1) == 0, x2, (_asarray(x1) > 0) * 1.0)
