# `torch.testing`: whether two values are close, and if not, where.

import math

import torch


def _fail(text, path, msg):
    if path:
        text += "\n\nThe failure occurred for item " + "".join("[%r]" % (key,) for key in path)
    if msg is not None:
        text = msg(text) if callable(msg) else msg
    raise AssertionError(text)


def _difference(x, y):
    apart = abs(x - y)
    return apart, (apart / abs(y) if y else math.inf if apart else math.nan)


def _compare(actual, expected, path, options):
    equal_nan, rtol, atol, msg, device, types, stride = options
    single = not isinstance(actual, torch.Tensor)
    if single:
        if types and type(actual) is not type(expected):
            _fail("The (d)types do not match: %s != %s" % (type(actual), type(expected)), path, msg)
        kind = torch.float64 if isinstance(actual, float) or isinstance(expected, float) else torch.int64
        a, b = [actual], [expected]
    else:
        checks = [("shape", True), ("device", device), ("dtype", types)]
        for name, wanted in checks:
            x, y = getattr(actual, name), getattr(expected, name)
            if wanted and x != y:
                if name != "shape":
                    x, y = str(x), str(y)
                _fail("The values for attribute '%s' do not match: %s != %s." % (name, x, y), path, msg)
        if stride and actual.stride() != expected.stride():
            _fail("The values for attribute 'stride()' do not match: %s != %s." % (actual.stride(), expected.stride()), path, msg)
        kind = torch.promote_types(actual.dtype, expected.dtype)
        if actual.dtype.is_floating_point != expected.dtype.is_floating_point:
            kind = torch.float32 if torch.float32 in (actual.dtype, expected.dtype) else kind
        single = actual.ndim == 0
        a, b = actual.detach().flatten().tolist(), expected.detach().flatten().tolist()
    if rtol is None:
        rtol, atol = {torch.float32: (1.3e-6, 1e-5), torch.float64: (1e-7, 1e-7)}.get(kind, (0.0, 0.0))
    whole = rtol == 0 and atol == 0
    wrong = []
    for i, (x, y) in enumerate(zip(a, b)):
        near = x == y or equal_nan and x != x and y != y or not math.isinf(y) and abs(x - y) <= atol + rtol * abs(y)
        if not near:
            wrong.append(i)
    if not wrong:
        return
    within = [" (up to %s allowed)" % t if not whole else "" for t in (atol, rtol)]
    kinds = "equal" if whole else "close"
    if single:
        apart, part = _difference(a[0], b[0])
        if isinstance(actual, bool):
            _fail("Booleans mismatch: %s is not %s" % (actual, expected), path, msg)
        text = "Scalars are not %s!\n\nAbsolute difference: %s%s\nRelative difference: %s%s" % (kinds, apart, within[0], part, within[1])
        _fail(text, path, msg)
    pairs = [_difference(a[i], b[i]) for i in wrong]
    text = "Tensor-likes are not %s!\n\nMismatched elements: %d / %d (%.1f%%)" % (kinds, len(wrong), len(a), 100 * len(wrong) / len(a))
    for n, name in enumerate(("absolute", "relative")):
        worst = 0
        for i, pair in enumerate(pairs):
            if pair[n] != pair[n] or pair[n] > pairs[worst][n]:
                worst = i
                if pair[n] != pair[n]:
                    break
        place, rest = [], wrong[worst]
        for size in reversed(actual.shape):
            place.insert(0, rest % size)
            rest //= size
        text += "\nGreatest %s difference: %s at index %s%s" % (name, pairs[worst][n], tuple(place), within[n])
    _fail(text, path, msg)


def _walk(actual, expected, path, options):
    msg = options[3]
    pair = (actual, expected)
    if all(isinstance(x, (list, tuple)) for x in pair):
        if len(actual) != len(expected):
            _fail("The length of the sequences mismatch: %d != %d" % (len(actual), len(expected)), path, msg)
        for i, (x, y) in enumerate(zip(actual, expected)):
            _walk(x, y, path + (i,), options)
    elif all(isinstance(x, dict) for x in pair):
        missing = sorted(key for key in expected if key not in actual)
        more = sorted(key for key in actual if key not in expected)
        if missing or more:
            _fail("The keys of the mappings do not match:\nMissing keys in the actual mapping: %s\nAdditional keys in the actual mapping: %s" % (missing, more), path, msg)
        for key in sorted(actual):
            _walk(actual[key], expected[key], path + (key,), options)
    elif all(isinstance(x, torch.Tensor) for x in pair) or all(isinstance(x, (int, float)) for x in pair):
        _compare(actual, expected, path, options)
    elif all(hasattr(x, "__array__") for x in pair):
        _compare(torch.as_tensor(actual), torch.as_tensor(expected), path, options)
    elif not (actual is None and expected is None):
        raise TypeError("No comparison pair was able to handle inputs of type %s and %s." % (type(actual), type(expected)))


def assert_close(actual, expected, *, allow_subclasses=True, rtol=None, atol=None, equal_nan=False, check_device=True, check_dtype=True, check_layout=True, check_stride=False, msg=None):
    if (rtol is None) != (atol is None):
        raise ValueError("Both 'rtol' and 'atol' must be either specified or omitted, but got no %s." % ("rtol" if rtol is None else "atol"))
    _walk(actual, expected, (), (equal_nan, rtol, atol, msg, check_device, check_dtype, check_stride))


def assert_allclose(actual, expected, rtol=None, atol=None, equal_nan=True, msg=None):
    actual, expected = torch.as_tensor(actual), torch.as_tensor(expected)
    assert_close(actual, expected, rtol=rtol, atol=atol, equal_nan=equal_nan, check_dtype=False, msg=msg or None)
