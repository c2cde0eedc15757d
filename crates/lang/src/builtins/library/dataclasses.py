# `dataclasses`.


class _Missing:
    def __repr__(self):
        return "MISSING"


MISSING = _Missing()


class FrozenInstanceError(AttributeError):
    pass


class Field:
    def __init__(self, default, default_factory, init, repr, compare, metadata):
        self.name = self.type = None
        self.default, self.default_factory = default, default_factory
        self.init, self.repr, self.compare, self.metadata = init, repr, compare, metadata


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=False):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, compare, metadata)


def _collect(cls):
    known = {}
    for base in reversed(cls.__mro__[1:]):
        known.update(base.__dict__.get("__dataclass_fields__", {}))
    own = cls.__dict__.get("__annotations__", {})
    for name in own:
        default = cls.__dict__.get(name, MISSING)
        if isinstance(default, Field):
            made = default
            if made.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, made.default)
        else:
            if isinstance(default, (list, dict, set)):
                raise ValueError("mutable default %r for field %s is not allowed: use default_factory" % (type(default), name))
            made = Field(default, MISSING, True, True, True, None)
        made.name, made.type = name, own[name] if isinstance(own, dict) else None
        known[name] = made
    return known


def _add_init(cls, known, frozen):
    taken = [f for f in known.values() if f.init]
    optional = False
    for f in taken:
        has_default = f.default is not MISSING or f.default_factory is not MISSING
        if optional and not has_default:
            raise TypeError("non-default argument %r follows default argument" % (f.name,))
        optional = has_default
    title = cls.__name__ + ".__init__()"

    def init(self, /, *args, **kwargs):
        if len(args) > len(taken):
            least = len([f for f in taken if f.default is MISSING and f.default_factory is MISSING]) + 1
            most = len(taken) + 1
            takes = str(most) if least == most else "from %d to %d" % (least, most)
            raise TypeError("%s takes %s positional arguments but %d were given" % (title, takes, len(args) + 1))
        missing = []
        for i, f in enumerate(taken):
            if i < len(args):
                if f.name in kwargs:
                    raise TypeError("%s got multiple values for argument '%s'" % (title, f.name))
                value = args[i]
            elif f.name in kwargs:
                value = kwargs.pop(f.name)
            elif f.default is not MISSING:
                value = f.default
            elif f.default_factory is not MISSING:
                value = f.default_factory()
            else:
                missing.append("'%s'" % f.name)
                continue
            object.__setattr__(self, f.name, value)
        if kwargs:
            raise TypeError("%s got an unexpected keyword argument '%s'" % (title, next(iter(kwargs))))
        if missing:
            text = missing[0] if len(missing) == 1 else " and ".join(missing) if len(missing) == 2 else ", ".join(missing[:-1]) + ", and " + missing[-1]
            raise TypeError("%s missing %d required positional argument%s: %s" % (title, len(missing), "" if len(missing) == 1 else "s", text))
        for f in known.values():
            if not f.init and f.default_factory is not MISSING:
                object.__setattr__(self, f.name, f.default_factory())
            elif not f.init and f.default is not MISSING:
                object.__setattr__(self, f.name, f.default)
        if hasattr(type(self), "__post_init__"):
            self.__post_init__()

    cls.__init__ = init


def _add_order(cls, values):
    def ordered(compare):
        def method(self, other):
            if type(other) is not type(self):
                return NotImplemented
            return compare(values(self), values(other))

        return method

    cls.__lt__ = ordered(lambda a, b: a < b)
    cls.__le__ = ordered(lambda a, b: a <= b)
    cls.__gt__ = ordered(lambda a, b: a > b)
    cls.__ge__ = ordered(lambda a, b: a >= b)


def _made(cls, init, repr, eq, order, unsafe_hash, frozen):
    known = _collect(cls)
    cls.__dataclass_fields__ = known
    compared = [f.name for f in known.values() if f.compare]
    shown = [f.name for f in known.values() if f.repr]

    def values(self):
        return tuple([getattr(self, name) for name in compared])

    def show(self):
        return type(self).__qualname__ + "(" + ", ".join(["%s=%r" % (name, getattr(self, name)) for name in shown]) + ")"

    def equal(self, other):
        if type(other) is not type(self):
            return NotImplemented
        return values(self) == values(other)

    def refuse_set(self, name, value):
        raise FrozenInstanceError("cannot assign to field %r" % (name,))

    def refuse_delete(self, name):
        raise FrozenInstanceError("cannot delete field %r" % (name,))

    own = cls.__dict__
    if "__match_args__" not in own:
        cls.__match_args__ = tuple([f.name for f in known.values() if f.init])
    if init and "__init__" not in own:
        _add_init(cls, known, frozen)
    if repr and "__repr__" not in own:
        cls.__repr__ = show
    if eq and "__eq__" not in own:
        cls.__eq__ = equal
    if order:
        _add_order(cls, values)
    if frozen:
        cls.__setattr__ = refuse_set
        cls.__delattr__ = refuse_delete
    if (frozen and eq or unsafe_hash) and "__hash__" not in own:
        cls.__hash__ = lambda self: hash(values(self))
    return cls


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False):
    if cls is None:
        return lambda cls: _made(cls, init, repr, eq, order, unsafe_hash, frozen)
    return _made(cls, init, repr, eq, order, unsafe_hash, frozen)


def fields(class_or_instance):
    known = getattr(class_or_instance, "__dataclass_fields__", None)
    if known is None:
        raise TypeError("must be called with a dataclass type or instance")
    return tuple(known.values())


def is_dataclass(obj):
    return hasattr(obj, "__dataclass_fields__")


def _plain(value, make):
    if is_dataclass(value) and not isinstance(value, type):
        return make([(f.name, _plain(getattr(value, f.name), make)) for f in fields(value)])
    if isinstance(value, (list, tuple)):
        return type(value)([_plain(item, make) for item in value])
    if isinstance(value, dict):
        return {key: _plain(item, make) for key, item in value.items()}
    return value


def asdict(obj, *, dict_factory=dict):
    return _plain(obj, dict_factory)


def astuple(obj, *, tuple_factory=tuple):
    return _plain(obj, lambda entries: tuple_factory([value for _, value in entries]))


def replace(obj, /, **changes):
    for f in fields(obj):
        if f.init and f.name not in changes:
            changes[f.name] = getattr(obj, f.name)
    return type(obj)(**changes)
