# `operator`: operators as functions.


def add(a, b, /):
    return a + b


def sub(a, b, /):
    return a - b


def mul(a, b, /):
    return a * b


def truediv(a, b, /):
    return a / b


def floordiv(a, b, /):
    return a // b


def mod(a, b, /):
    return a % b


def pow(a, b, /):
    return a ** b


def matmul(a, b, /):
    return a @ b


def and_(a, b, /):
    return a & b


def or_(a, b, /):
    return a | b


def xor(a, b, /):
    return a ^ b


def lshift(a, b, /):
    return a << b


def rshift(a, b, /):
    return a >> b


def lt(a, b, /):
    return a < b


def le(a, b, /):
    return a <= b


def gt(a, b, /):
    return a > b


def ge(a, b, /):
    return a >= b


def eq(a, b, /):
    return a == b


def ne(a, b, /):
    return a != b


def is_(a, b, /):
    return a is b


def is_not(a, b, /):
    return a is not b


def neg(a, /):
    return -a


def pos(a, /):
    return +a


def invert(a, /):
    return ~a


def not_(a, /):
    return not a


def truth(a, /):
    return bool(a)


def contains(a, b, /):
    return b in a


def concat(a, b, /):
    return a + b


def getitem(a, b, /):
    return a[b]


def setitem(a, b, c, /):
    a[b] = c


def delitem(a, b, /):
    del a[b]


def index(a, /):
    return a.__index__()


def iadd(a, b, /):
    a += b
    return a


def imul(a, b, /):
    a *= b
    return a


abs = abs


def itemgetter(item, *items):
    if not items:
        return lambda obj: obj[item]
    every = (item,) + items
    return lambda obj: tuple([obj[i] for i in every])


def _attribute(obj, path):
    for name in path.split("."):
        obj = getattr(obj, name)
    return obj


def attrgetter(attr, *attrs):
    if not attrs:
        return lambda obj: _attribute(obj, attr)
    every = (attr,) + attrs
    return lambda obj: tuple([_attribute(obj, name) for name in every])


def methodcaller(name, /, *args, **kwargs):
    return lambda obj: getattr(obj, name)(*args, **kwargs)
