# `functools`.
from collections import namedtuple as _namedtuple

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__")
_CacheInfo = _namedtuple("CacheInfo", ["hits", "misses", "maxsize", "currsize"])
_nothing = []


class partial:
    def __init__(self, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError("the first argument must be callable")
        if isinstance(func, partial):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func, self.args, self.keywords = func, args, keywords

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    def __repr__(self):
        parts = [repr(self.func)]
        parts.extend(repr(arg) for arg in self.args)
        parts.extend("%s=%r" % entry for entry in self.keywords.items())
        return "functools.partial(" + ", ".join(parts) + ")"


def partialmethod(func, /, *args, **keywords):
    def method(self, /, *more, **others):
        return func(self, *args, *more, **{**keywords, **others})

    return method


def reduce(function, sequence, initial=_nothing, /):
    iterator = iter(sequence)
    if initial is _nothing:
        try:
            value = next(iterator)
        except StopIteration:
            raise TypeError("reduce() of empty iterable with no initial value") from None
    else:
        value = initial
    for item in iterator:
        value = function(value, item)
    return value


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=()):
    for name in assigned:
        if hasattr(wrapped, name):
            setattr(wrapper, name, getattr(wrapped, name))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=()):
    return lambda wrapper: update_wrapper(wrapper, wrapped, assigned, updated)


def _key(args, kwargs):
    if kwargs:
        return args, tuple(kwargs.items())
    return args


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return lru_cache(128)(maxsize)

    def decorate(function):
        known = {}
        hits = misses = 0

        def cached(*args, **kwargs):
            nonlocal hits, misses
            key = _key(args, kwargs)
            if key in known:
                hits += 1
                value = known[key]
                if maxsize is not None:
                    del known[key]
                    known[key] = value
                return value
            misses += 1
            value = function(*args, **kwargs)
            if maxsize is None or maxsize > 0:
                if maxsize is not None and len(known) >= maxsize:
                    del known[next(iter(known))]
                known[key] = value
            return value

        def cache_clear():
            nonlocal hits, misses
            hits = misses = 0
            known.clear()

        update_wrapper(cached, function)
        cached.cache_clear = cache_clear
        cached.cache_info = lambda: _CacheInfo(hits, misses, maxsize, len(known))
        return cached

    return decorate


def cache(user_function, /):
    return lru_cache(None)(user_function)


class cached_property:
    def __init__(self, func):
        self.func = func
        self.attrname = None

    def __set_name__(self, owner, name):
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        value = self.func(instance)
        object.__setattr__(instance, self.attrname, value)
        return value


def total_ordering(cls):
    def has(name):
        return any(name in kind.__dict__ for kind in cls.__mro__[:-1])

    given = [name for name in ("__lt__", "__le__", "__gt__", "__ge__") if has(name)]
    if not given:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    root = given[0]
    compare = getattr(cls, root)

    def less(a, b):
        if root == "__lt__":
            return compare(a, b)
        if root == "__ge__":
            return not compare(a, b)
        if root == "__le__":
            return compare(a, b) and a != b
        return not compare(a, b) and a != b

    ways = {
        "__lt__": less,
        "__le__": lambda a, b: less(a, b) or a == b,
        "__gt__": lambda a, b: not less(a, b) and a != b,
        "__ge__": lambda a, b: not less(a, b),
    }
    for name, way in ways.items():
        if name not in given:
            setattr(cls, name, way)
    return cls


def cmp_to_key(mycmp):
    class K:
        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0

        def __gt__(self, other):
            return mycmp(self.obj, other.obj) > 0

        def __eq__(self, other):
            return mycmp(self.obj, other.obj) == 0

    return K


def singledispatch(func):
    kinds = {}

    def dispatch(value, *args, **kwargs):
        for kind in type(value).__mro__:
            if kind in kinds:
                return kinds[kind](value, *args, **kwargs)
        return func(value, *args, **kwargs)

    def register(kind, function=None):
        if function is None:
            return lambda f: register(kind, f)
        kinds[kind] = function
        return function

    update_wrapper(dispatch, func)
    dispatch.register = register
    return dispatch
