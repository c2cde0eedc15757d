# `copy`.
import types as _types

Error = RuntimeError
_plain = (int, float, str, bool, type(None), type, range, bytes)


def copy(x):
    if isinstance(x, _plain) or callable(x) and not hasattr(x, "__dict__"):
        return x
    kind = type(x)
    if hasattr(kind, "__copy__"):
        return x.__copy__()
    if kind in (list, dict, set):
        return kind(x)
    if isinstance(x, (tuple, frozenset)):
        return x
    if not hasattr(x, "__dict__"):
        return x.copy() if hasattr(x, "copy") else x
    return _instance(x, x.__dict__, x)


def _instance(x, attributes, inner):
    kind = type(x)
    if isinstance(x, (list, dict, set, tuple)):
        new = tuple.__new__(kind, inner) if isinstance(x, tuple) else kind.__new__(kind)
        if isinstance(x, list):
            new.extend(inner)
        elif isinstance(x, dict):
            for key, value in inner.items():
                dict.__setitem__(new, key, value)
        elif isinstance(x, set):
            new.update(inner)
    else:
        new = object.__new__(kind)
    for name, value in attributes.items():
        object.__setattr__(new, name, value)
    return new


def deepcopy(x, memo=None):
    return _deep(x, {} if memo is None else memo)


def _deep(x, memo):
    if isinstance(x, _plain):
        return x
    if id(x) in memo:
        return memo[id(x)][0]
    new = _deep_new(x, memo)
    # The original is kept, so that no other object gets its identity meanwhile.
    memo[id(x)] = (new, x)
    return new


def _deep_new(x, memo):
    kind = type(x)
    if hasattr(kind, "__deepcopy__"):
        return x.__deepcopy__(memo)
    if kind is list:
        new = []
        memo[id(x)] = (new, x)
        for item in x:
            new.append(_deep(item, memo))
        return new
    if kind is dict:
        new = {}
        memo[id(x)] = (new, x)
        for key, value in x.items():
            new[_deep(key, memo)] = _deep(value, memo)
        return new
    if kind is tuple:
        items = [_deep(item, memo) for item in x]
        return x if all(a is b for a, b in zip(items, x)) else tuple(items)
    if kind in (set, frozenset):
        return kind([_deep(item, memo) for item in x])
    if callable(x) and hasattr(x, "__name__"):
        return x
    if not hasattr(x, "__dict__"):
        return x.copy() if hasattr(x, "copy") else x
    return _deep_instance(x, memo)


def _deep_instance(x, memo):
    kind = type(x)
    if isinstance(x, tuple):
        return _instance(x, {}, [_deep(item, memo) for item in x])
    if isinstance(x, (list, dict, set)):
        new = kind.__new__(kind)
    else:
        new = object.__new__(kind)
    memo[id(x)] = (new, x)
    if isinstance(x, list):
        new.extend([_deep(item, memo) for item in x])
    elif isinstance(x, dict):
        for key, value in x.items():
            dict.__setitem__(new, _deep(key, memo), _deep(value, memo))
    elif isinstance(x, set):
        new.update([_deep(item, memo) for item in x])
    for name, value in x.__dict__.items():
        object.__setattr__(new, name, _deep(value, memo))
    return new
