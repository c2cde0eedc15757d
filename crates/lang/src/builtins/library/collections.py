# `collections`.


class OrderedDict(dict):
    def __repr__(self):
        return "%s(%s)" % (type(self).__name__, repr(list(self.items())) if self else "")

    def __eq__(self, other):
        if isinstance(other, OrderedDict):
            return list(self.items()) == list(other.items())
        if isinstance(other, dict):
            return dict(self) == dict(other)
        return NotImplemented

    def move_to_end(self, key, last=True):
        value = self.pop(key)
        if last:
            self[key] = value
        else:
            rest = list(self.items())
            self.clear()
            self[key] = value
            self.update(rest)

    def popitem(self, last=True):
        if last:
            return super().popitem()
        if not self:
            raise KeyError("dictionary is empty")
        key = next(iter(self))
        return key, self.pop(key)

    def copy(self):
        return type(self)(self)


class defaultdict(dict):
    def __init__(self, default_factory=None, /, *args, **kwargs):
        if default_factory is not None and not callable(default_factory):
            raise TypeError("first argument must be callable or None")
        super().__init__(*args, **kwargs)
        self.default_factory = default_factory

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        self[key] = value = self.default_factory()
        return value

    def __repr__(self):
        return "%s(%r, %r)" % (type(self).__name__, self.default_factory, dict(self))

    def copy(self):
        return type(self)(self.default_factory, self)


class Counter(dict):
    def __init__(self, iterable=None, /, **kwds):
        super().__init__()
        self.update(iterable, **kwds)

    def __missing__(self, key):
        return 0

    def _add(self, iterable, kwds, sign):
        if iterable is not None:
            if isinstance(iterable, dict):
                for key, count in iterable.items():
                    self[key] = self.get(key, 0) + sign * count
            else:
                for key in iterable:
                    self[key] = self.get(key, 0) + sign
        for key, count in kwds.items():
            self[key] = self.get(key, 0) + sign * count

    def update(self, iterable=None, /, **kwds):
        self._add(iterable, kwds, 1)

    def subtract(self, iterable=None, /, **kwds):
        self._add(iterable, kwds, -1)

    def most_common(self, n=None):
        ordered = sorted(self.items(), key=lambda entry: entry[1], reverse=True)
        return ordered if n is None else ordered[:n]

    def elements(self):
        for key, count in self.items():
            for _ in range(count):
                yield key

    def total(self):
        return sum(self.values())

    def copy(self):
        return type(self)(self)

    def _positive(self, entries):
        result = Counter()
        for key, count in entries:
            if count > 0:
                result[key] = count
        return result

    def __add__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        entries = [(key, self[key] + other[key]) for key in self]
        return self._positive(entries + [(key, other[key]) for key in other if key not in self])

    def __sub__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        entries = [(key, self[key] - other[key]) for key in self]
        return self._positive(entries + [(key, -other[key]) for key in other if key not in self])

    def __or__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        entries = [(key, max(self[key], other[key])) for key in self]
        return self._positive(entries + [(key, other[key]) for key in other if key not in self])

    def __and__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._positive([(key, min(self[key], other[key])) for key in self])

    def __repr__(self):
        if not self:
            return type(self).__name__ + "()"
        return "%s(%r)" % (type(self).__name__, dict(self.most_common()))


class _Field:
    def __init__(self, index):
        self._index = index

    def __get__(self, instance, owner=None):
        return self if instance is None else instance[self._index]

    def __set__(self, instance, value):
        raise AttributeError("can't set attribute")


_KEYWORDS = frozenset("False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield".split())


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    if isinstance(field_names, str):
        field_names = field_names.replace(",", " ").split()
    fields = tuple(str(name) for name in field_names)
    seen = set()
    for i, name in enumerate(fields):
        if rename and (not name.isidentifier() or name in _KEYWORDS or name.startswith("_") or name in seen):
            name = "_%d" % i
            fields = fields[:i] + (name,) + fields[i + 1:]
        if not name.isidentifier():
            raise ValueError("Type names and field names must be valid identifiers: %r" % (name,))
        if name in _KEYWORDS:
            raise ValueError("Type names and field names cannot be a keyword: %r" % (name,))
        if name.startswith("_") and not rename:
            raise ValueError("Field names cannot start with an underscore: %r" % (name,))
        if name in seen:
            raise ValueError("Encountered duplicate field name: %r" % (name,))
        seen.add(name)
    defaults = () if defaults is None else tuple(defaults)
    if len(defaults) > len(fields):
        raise TypeError("Got more default values than field names")
    known = dict(zip(fields[len(fields) - len(defaults):], defaults))

    def new(cls, /, *args, **kwargs):
        count = len(fields)
        if len(args) > count:
            s = "" if count == 0 else "s"
            raise TypeError("%s.__new__() takes %d positional argument%s but %d were given" % (typename, count + 1, s, len(args) + 1))
        values = list(args)
        missing = []
        for name in fields[len(args):]:
            if name in kwargs:
                values.append(kwargs.pop(name))
            elif name in known:
                values.append(known[name])
            else:
                missing.append(name)
        if kwargs:
            name = next(iter(kwargs))
            if name in fields:
                raise TypeError("%s.__new__() got multiple values for argument '%s'" % (typename, name))
            raise TypeError("%s.__new__() got an unexpected keyword argument '%s'" % (typename, name))
        if missing:
            names = ["'%s'" % name for name in missing]
            text = names[0] if len(names) == 1 else " and ".join(names) if len(names) == 2 else ", ".join(names[:-1]) + ", and " + names[-1]
            raise TypeError("%s.__new__() missing %d required positional argument%s: %s" % (typename, len(names), "" if len(names) == 1 else "s", text))
        return tuple.__new__(cls, values)

    def make(cls, iterable):
        values = tuple(iterable)
        if len(values) != len(fields):
            raise TypeError("Expected %d arguments, got %d" % (len(fields), len(values)))
        return tuple.__new__(cls, values)

    def show(self):
        parts = ["%s=%r" % (name, value) for name, value in zip(fields, self)]
        return type(self).__name__ + "(" + ", ".join(parts) + ")"

    def replace(self, /, **kwds):
        values = [kwds.pop(name, value) for name, value in zip(fields, self)]
        if kwds:
            raise ValueError("Got unexpected field names: %r" % (list(kwds),))
        return tuple.__new__(type(self), values)

    def asdict(self):
        return dict(zip(fields, self))

    names = {
        "__module__": "__main__",
        "__new__": new,
        "__repr__": show,
        "_make": classmethod(make),
        "_replace": replace,
        "_asdict": asdict,
        "_fields": fields,
        "__match_args__": fields,
        "_field_defaults": known,
    }
    for i, name in enumerate(fields):
        names[name] = _Field(i)
    return type(typename, (tuple,), names)


class ChainMap:
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __getitem__(self, key):
        for mapping in self.maps:
            if key in mapping:
                return mapping[key]
        raise KeyError(key)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __contains__(self, key):
        return any(key in mapping for mapping in self.maps)

    def __iter__(self):
        merged = {}
        for mapping in reversed(self.maps):
            merged.update(mapping)
        return iter(merged)

    def __len__(self):
        return len(list(self))

    def keys(self):
        return list(self)

    def values(self):
        return [self[key] for key in self]

    def items(self):
        return [(key, self[key]) for key in self]


class UserDict(dict):
    pass


class UserList(list):
    pass
