

# numpy: joining, splitting and rearranging.
def shape(a):
    return _asarray(a).shape


def ndim(a):
    return 0 if isinstance(a, str) else _asarray(a).ndim


def size(a, axis=None):
    a = _asarray(a)
    return a.size if axis is None else a.shape[axis]


def isscalar(element):
    return isinstance(element, (int, float, str, bool, generic))


def concatenate(arrays, axis=0, out=None):
    if axis is None:
        return _concatenate([ravel(a) for a in arrays], 0)
    return _concatenate(arrays, axis)


def stack(arrays, axis=0, out=None):
    arrays = [_asarray(a) for a in arrays]
    if not arrays:
        raise ValueError("need at least one array to stack")
    for a in arrays:
        if a.shape != arrays[0].shape:
            raise ValueError("all input arrays must have the same shape")
    return _concatenate([expand_dims(a, axis) for a in arrays], axis)


def atleast_1d(a):
    a = _asarray(a)
    return reshape(a, (1,)) if a.ndim == 0 else a


def atleast_2d(a):
    a = _asarray(a)
    return a if a.ndim > 1 else reshape(a, (1, -1))


def vstack(tup):
    return _concatenate([atleast_2d(a) for a in tup], 0)


row_stack = vstack


def hstack(tup):
    arrays = [atleast_1d(a) for a in tup]
    return _concatenate(arrays, 0 if arrays and arrays[0].ndim == 1 else 1)


def _column(a):
    a = _asarray(a)
    return a if a.ndim > 1 else reshape(a, (-1, 1))


def column_stack(tup):
    return _concatenate([_column(a) for a in tup], 1)


def dstack(tup):
    arrays = [atleast_2d(a) for a in tup]
    return _concatenate([expand_dims(a, 2) if a.ndim == 2 else a for a in arrays], 2)


class _Columns:
    def __getitem__(self, key):
        return column_stack(key if isinstance(key, tuple) else (key,))


class _Rows:
    def __getitem__(self, key):
        parts = key if isinstance(key, tuple) else (key,)
        return _concatenate([_stretch(p) if isinstance(p, slice) else atleast_1d(p) for p in parts], 0)


def _stretch(part):
    return _arange(0 if part.start is None else part.start, part.stop, 1 if part.step is None else part.step)


c_ = _Columns()
r_ = _Rows()


def append(arr, values, axis=None):
    if axis is None:
        return _concatenate([ravel(arr), ravel(values)], 0)
    return _concatenate([arr, values], axis)


def insert(arr, obj, values, axis=None):
    arr = _asarray(arr)
    if axis is None:
        arr, axis = ravel(arr), 0
    n = arr.shape[axis]
    at = obj + n if obj < 0 else obj
    shape = list(arr.shape)
    new = _asarray(values).astype(arr.dtype)
    shape[axis] = new.size if arr.ndim == 1 else 1
    whole = (slice(None),) * axis
    new = broadcast_to(new, shape) if arr.ndim == 1 else broadcast_to(expand_dims(new, axis) if new.ndim else new, shape)
    return _concatenate([arr[whole + (slice(None, at),)], new, arr[whole + (slice(at, None),)]], axis)


def delete(arr, obj, axis=None):
    arr = _asarray(arr)
    if axis is None:
        arr, axis = ravel(arr), 0
    n = arr.shape[axis]
    keep = ones(n, bool)
    if isinstance(obj, int) and not -n <= obj < n:
        raise IndexError(f"index {obj} is out of bounds for axis {axis} with size {n}")
    keep[obj] = False
    return arr[(slice(None),) * axis + (keep,)]


def array_split(ary, indices_or_sections, axis=0):
    ary = _asarray(ary)
    n = ary.shape[axis]
    if isinstance(indices_or_sections, (int, integer)):
        parts = int(indices_or_sections)
        if parts <= 0:
            raise ValueError("number sections must be larger than 0.")
        each, extra = divmod(n, parts)
        ends = [(i + 1) * each + _min(i + 1, extra) for i in range(parts - 1)]
    else:
        ends = [int(i) for i in indices_or_sections]
    whole = (slice(None),) * (axis if axis >= 0 else axis + ary.ndim)
    return [ary[whole + (slice(a, b),)] for a, b in zip([0] + ends, ends + [n])]


def split(ary, indices_or_sections, axis=0):
    if isinstance(indices_or_sections, (int, integer)) and shape(ary)[axis] % indices_or_sections:
        raise ValueError("array split does not result in an equal division")
    return array_split(ary, indices_or_sections, axis)


def vsplit(ary, indices_or_sections):
    return split(ary, indices_or_sections, 0)


def hsplit(ary, indices_or_sections):
    return split(ary, indices_or_sections, 0 if ndim(ary) == 1 else 1)


def moveaxis(a, source, destination):
    a = _asarray(a)
    order = [i for i in range(a.ndim)]
    order.remove(source % a.ndim)
    order.insert(destination % a.ndim, source % a.ndim)
    return transpose(a, order)


def rollaxis(a, axis, start=0):
    return moveaxis(a, axis, start)


def flip(m, axis=None):
    m = _asarray(m)
    if axis is None:
        axes = [i for i in range(m.ndim)]
    else:
        axes = [i % m.ndim for i in (axis if isinstance(axis, tuple) else (axis,))]
    return m[tuple([slice(None, None, -1 if i in axes else 1) for i in range(m.ndim)])]


def fliplr(m):
    return flip(m, 1)


def flipud(m):
    return flip(m, 0)


def rot90(m, k=1, axes=(0, 1)):
    a, b = axes
    for _ in range(k % 4):
        m = flip(swapaxes(m, a, b), a)
    return _asarray(m)


def roll(a, shift, axis=None):
    a = _asarray(a)
    if axis is None:
        return reshape(roll(ravel(a), shift, 0), a.shape)
    if isinstance(axis, tuple):
        for s, d in zip(shift if isinstance(shift, tuple) else (shift,) * len(axis), axis):
            a = roll(a, s, d)
        return a
    n = a.shape[axis]
    return take(a, (_arange(0, n, 1) - shift) % n, axis) if n else a


def tile(A, reps):
    reps = [reps] if isinstance(reps, (int, integer)) else list(reps)
    a = _asarray(A)
    while a.ndim < len(reps):
        a = expand_dims(a, 0)
    reps = [1] * (a.ndim - len(reps)) + reps
    for axis, n in enumerate(reps):
        a = take(a, _arange(0, n * a.shape[axis], 1) % _max(a.shape[axis], 1), axis)
    return a


def resize(a, new_shape):
    a = ravel(a)
    new_shape = (new_shape,) if isinstance(new_shape, int) else tuple(new_shape)
    n = 1
    for d in new_shape:
        n *= d
    return reshape(take(a, _arange(0, n, 1) % len(a)), new_shape)


def pad(array, pad_width, mode="constant", constant_values=0, **others):
    array = _asarray(array)
    if isinstance(pad_width, int):
        widths = [(pad_width, pad_width)] * array.ndim
    else:
        widths = list(pad_width)
        if isinstance(widths[0], int):
            widths = [tuple(widths) if len(widths) == 2 else (widths[0], widths[0])] * array.ndim
    for axis, (before, after) in enumerate(widths):
        n = array.shape[axis]
        places = _arange(-before, n + after, 1)
        if mode == "constant":
            shape = list(array.shape)
            shape[axis] = before
            front = _full(shape, constant_values, array.dtype)
            shape[axis] = after
            array = _concatenate([front, array, _full(shape, constant_values, array.dtype)], axis)
            continue
        if mode == "edge":
            places = clip(places, 0, n - 1)
        elif mode == "wrap":
            places = places % n
        elif mode == "reflect":
            places = abs((places + (n - 1)) % (2 * _max(n - 1, 1)) - (n - 1))
        else:
            raise ValueError(f"mode '{mode}' is not supported")
        array = take(array, places, axis)
    return array


def ndenumerate(arr):
    arr = _asarray(arr)
    places = [()]
    for n in arr.shape:
        places = [place + (i,) for place in places for i in range(n)]
    return [(place, arr[place]) for place in places]


def ndindex(*shape):
    shape = shape[0] if len(shape) == 1 and isinstance(shape[0], tuple) else shape
    places = [()]
    for n in shape:
        places = [place + (i,) for place in places for i in range(n)]
    return places


def argwhere(a):
    return stack(nonzero(a), 1)


def flatnonzero(a):
    return nonzero(ravel(a))[0]


def extract(condition, arr):
    return ravel(arr)[ravel(condition).astype(bool)]


def compress(condition, a, axis=None):
    return take(a, nonzero(condition)[0], axis)


def take_along_axis(arr, indices, axis):
    arr, indices = _asarray(arr), _asarray(indices)
    axis = axis % arr.ndim
    places = []
    for d in range(arr.ndim):
        shape = [1] * arr.ndim
        shape[d] = -1
        places.append(indices if d == axis else reshape(_arange(0, indices.shape[d], 1), shape))
    return arr[tuple(places)]


def put(a, ind, v):
    flat = a.reshape(-1)
    flat[ind] = v
    a[...] = reshape(flat, a.shape)


def copyto(dst, src):
    dst[...] = src


def ix_(*args):
    n = len(args)
    return tuple([reshape(a, [-1 if i == d else 1 for d in range(n)]) for i, a in enumerate(args)])


def choose(a, choices):
    return take_along_axis(stack(choices), _asarray(a)[None], 0)[0]


def select(condlist, choicelist, default=0):
    chosen = default
    for condition, choice in zip(condlist[::-1], choicelist[::-1]):
        chosen = where(condition, choice, chosen)
    return chosen


def broadcast_arrays(*args):
    total = zeros(())
    for a in args:
        total = total + zeros(shape(a))
    return [broadcast_to(a, shape(total)) for a in args]


def unravel_index(indices, shape):
    places = []
    indices = _asarray(indices)
    for n in reversed(shape):
        places.insert(0, indices % n)
        indices = indices // n
    return tuple(places)
