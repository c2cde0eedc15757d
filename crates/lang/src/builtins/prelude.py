# The part of `builtins` that is written in Python: what calls functions of the program.


def _collect(items):
    return [item for item in items]


def _again(function, args, names, key):
    # Calls a native function again with a list in the place of something that the program iterates.
    if key in names:
        names[key] = [item for item in names[key]]
    else:
        args[key] = [item for item in args[key]]
    return function(*args, **names)


def _answer(a, b, left, right):
    # What the first of two methods answers that takes its operands; NotImplemented, if neither does.
    if left is not None:
        result = left(a, b)
        if result is not NotImplemented:
            return result
    return NotImplemented if right is None else right(b, a)


def _binary(symbol, a, b, left, right):
    result = _answer(a, b, left, right)
    if result is not NotImplemented:
        return result
    raise TypeError("unsupported operand type(s) for %s: '%s' and '%s'" % (symbol, type(a).__name__, type(b).__name__))


def _compare(symbol, a, b, left, right):
    result = _answer(a, b, left, right)
    if result is not NotImplemented:
        return result
    if symbol == "==":
        return a is b
    if symbol == "!=":
        return not a == b
    raise TypeError("'%s' not supported between instances of '%s' and '%s'" % (symbol, type(a).__name__, type(b).__name__))


def _contains(container, item, negate):
    kind = type(container)
    method = getattr(kind, "__contains__", None)
    if method is not None and (type(method) is _function or not isinstance(container, (list, tuple))):
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
    if isinstance(made, kind):
        made.__init__(*args, **names)
    return made


def _new_around(kind, function, args, names):
    return _wrap(kind, function(*args, **names))


def _raise_from(kind, cause):
    raise kind() from cause


def _after_class(kind, names):
    for name, value in list(kind.__dict__.items()):
        if hasattr(type(value), "__set_name__"):
            value.__set_name__(kind, name)
    super(kind, kind).__init_subclass__(**names)


def _made_class(kind):
    _after_class(kind, {})
    return kind


def _class_getitem(kind, index):
    members = getattr(kind, "_member_map_", None)
    if members is not None:
        return members[index]
    method = getattr(kind, "__class_getitem__", None)
    if method is None:
        return kind
    if type(method) is _function:
        return method(kind, index)
    return method(index)


def _iterate_class(kind):
    members = getattr(kind, "_member_map_", None)
    if members is None:
        raise TypeError("'type' object is not iterable")
    return iter(list(members.values()))


def _len_of_class(kind):
    return len(kind._member_map_)


_function = type(_collect)


def _compare_items(symbol, a, b):
    if isinstance(a, dict):
        equal = len(a) == len(b)
        if equal:
            for key, value in a.items():
                if key not in b or not (value is b[key] or value == b[key]):
                    equal = False
                    break
        return equal == (symbol == "==")
    if symbol in ("==", "!=") and len(a) != len(b):
        return symbol == "!="
    for x, y in zip(a, b):
        if x is y or x == y:
            continue
        if symbol == "==":
            return False
        if symbol == "!=":
            return True
        if symbol == "<":
            return x < y
        if symbol == "<=":
            return x <= y
        if symbol == ">":
            return x > y
        return x >= y
    a, b = len(a), len(b)
    return {"==": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[symbol]


# What patterns of `match` are made of: each takes a value apart into a list, or gives None.


def _match_sequence(value, before, after):
    if not isinstance(value, (list, tuple, range)) and type(value).__name__ != "deque":
        return None
    n = len(value)
    if n < before + (after or 0) or after is None and n > before:
        return None
    items = list(value)
    return items if after is None else items[:before] + [items[before:n - after]] + items[n - after:]


def _match_mapping(value, keys, rest):
    if not isinstance(value, dict):
        return None
    found = []
    for key in keys:
        if key not in value:
            return None
        found.append(value[key])
    if rest:
        found.append({key: item for key, item in value.items() if key not in keys})
    return found


def _match_class(value, kind, places, names):
    if not isinstance(kind, type):
        raise TypeError("called match pattern must be a type")
    if not isinstance(value, kind):
        return None
    found = []
    if places:
        known = getattr(kind, "__match_args__", None)
        if known is None and issubclass(kind, (bool, bytes, dict, float, frozenset, int, list, set, str, tuple)):
            known, places, found = ("",), places - 1, [value]
        known = known or ()
        if places > len(known) - len(found):
            count, given = len(known), places + len(found)
            raise TypeError("%s() accepts %d positional sub-pattern%s (%d given)" % (kind.__name__, count, "" if count == 1 else "s", given))
        names = tuple(known[:places]) + names
    for name in names:
        if not hasattr(value, name):
            return None
        found.append(getattr(value, name))
    return found


class _Attributes(dict):
    # The `__dict__` of an object.
    def __setitem__(self, name, value):
        dict.__setitem__(self, name, value)
        object.__setattr__(self._owner, name, value)

    def __delitem__(self, name):
        dict.__delitem__(self, name)
        object.__delattr__(self._owner, name)

    def update(self, *others, **named):
        for name, value in dict(*others, **named).items():
            self[name] = value

    def setdefault(self, name, default=None):
        if name not in self:
            self[name] = default
        return self[name]

    def pop(self, name, *default):
        value = dict.pop(self, name, *default)
        if hasattr(self._owner, name):
            object.__delattr__(self._owner, name)
        return value

    def clear(self):
        for name in list(self):
            del self[name]
