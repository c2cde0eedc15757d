# The part of `builtins` that is written in Python: what calls functions of the program.


class Exception(BaseException):
    pass


class ArithmeticError(Exception):
    pass


class LookupError(Exception):
    pass


class TypeError(Exception):
    pass


class ValueError(Exception):
    pass


class RuntimeError(Exception):
    pass


class NameError(Exception):
    pass


class UnboundLocalError(NameError):
    pass


class AttributeError(Exception):
    pass


class AssertionError(Exception):
    pass


class IndexError(LookupError):
    pass


class KeyError(LookupError):
    pass


class ZeroDivisionError(ArithmeticError):
    pass


class OverflowError(ArithmeticError):
    pass


class StopIteration(Exception):
    pass


class ImportError(Exception):
    pass


class ModuleNotFoundError(ImportError):
    pass


class NotImplementedError(RuntimeError):
    pass


class RecursionError(RuntimeError):
    pass


class MemoryError(Exception):
    pass


class OSError(Exception):
    pass


class FileNotFoundError(OSError):
    pass


class SyntaxError(Exception):
    pass


class KeyboardInterrupt(BaseException):
    pass


class SystemExit(BaseException):
    pass


def _collect(items):
    return [item for item in items]


def _again(function, args, names, key):
    # Calls a native function again with a list in the place of something that the program iterates.
    if key in names:
        names[key] = [item for item in names[key]]
    else:
        args[key] = [item for item in args[key]]
    return function(*args, **names)


def _binary(symbol, a, b, left, right):
    if left is not None:
        result = left(a, b)
        if result is not NotImplemented:
            return result
    if right is not None:
        result = right(b, a)
        if result is not NotImplemented:
            return result
    raise TypeError("unsupported operand type(s) for %s: '%s' and '%s'" % (symbol, type(a).__name__, type(b).__name__))


def _compare(symbol, a, b, left, right):
    if left is not None:
        result = left(a, b)
        if result is not NotImplemented:
            return result
    if right is not None:
        result = right(b, a)
        if result is not NotImplemented:
            return result
    if symbol == "==":
        return a is b
    if symbol == "!=":
        return not a == b
    raise TypeError("'%s' not supported between instances of '%s' and '%s'" % (symbol, type(a).__name__, type(b).__name__))


def _compare_items(symbol, a, b):
    # Lists, tuples and dicts with objects in them that say themselves what they equal.
    if isinstance(a, dict):
        same = len(a) == len(b)
        for key in a:
            if not same or key not in b or not (a[key] is b[key] or a[key] == b[key]):
                same = False
                break
        return same if symbol == "==" else not same
    for x, y in zip(a, b):
        if not (x is y or x == y):
            return _ordered(symbol, x, y)
    return _ordered(symbol, len(a), len(b))


def _ordered(symbol, a, b):
    if symbol == "==":
        return a == b
    if symbol == "!=":
        return a != b
    if symbol == "<":
        return a < b
    if symbol == "<=":
        return a <= b
    if symbol == ">":
        return a > b
    return a >= b


def _contains(container, item, negate):
    kind = type(container)
    if hasattr(kind, "__contains__"):
        found = bool(container.__contains__(item))
    else:
        found = False
        for candidate in container:
            if candidate is item or candidate == item:
                found = True
                break
    return found != negate


def _set_slice(items, index, values):
    items[index] = [value for value in values]


def _iterate_by_index(container):
    i = 0
    while True:
        try:
            item = container[i]
        except IndexError:
            return
        yield item
        i += 1


def _next_or(function, args, default):
    try:
        return function(*args)
    except StopIteration:
        return default


def _construct(new, kind, args, names):
    made = new(kind, *args, **names)
    if isinstance(made, kind) and hasattr(kind, "__init__"):
        made.__init__(*args, **names)
    return made


def _after_class(kind, names):
    super(kind, kind).__init_subclass__(**names)


def _class_getitem(kind, index):
    return kind
