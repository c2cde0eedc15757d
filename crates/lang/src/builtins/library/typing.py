# `typing`: names that annotations are made of; nothing looks at them.


class _Form:
    def __init__(self, name):
        self._name = name

    def __getitem__(self, parameters):
        return self

    def __call__(self, *args, **kwargs):
        raise TypeError("Cannot instantiate typing." + self._name)

    def __or__(self, other):
        return self

    def __ror__(self, other):
        return self

    def __repr__(self):
        return "typing." + self._name


Any = _Form("Any")
Union = _Form("Union")
Optional = _Form("Optional")
List = _Form("List")
Dict = _Form("Dict")
Set = _Form("Set")
FrozenSet = _Form("FrozenSet")
Tuple = _Form("Tuple")
Type = _Form("Type")
Callable = _Form("Callable")
Iterable = _Form("Iterable")
Iterator = _Form("Iterator")
Sequence = _Form("Sequence")
MutableSequence = _Form("MutableSequence")
Mapping = _Form("Mapping")
MutableMapping = _Form("MutableMapping")
Collection = _Form("Collection")
Container = _Form("Container")
Sized = _Form("Sized")
Hashable = _Form("Hashable")
Generator = _Form("Generator")
Literal = _Form("Literal")
Final = _Form("Final")
ClassVar = _Form("ClassVar")
Text = _Form("Text")
AnyStr = _Form("AnyStr")
NoReturn = _Form("NoReturn")
Self = _Form("Self")
Annotated = _Form("Annotated")
Concatenate = _Form("Concatenate")
ParamSpec = _Form("ParamSpec")
DefaultDict = _Form("DefaultDict")
OrderedDict = _Form("OrderedDict")
Counter = _Form("Counter")
Deque = _Form("Deque")
TYPE_CHECKING = False


class Generic:
    def __class_getitem__(cls, parameters):
        return cls


class Protocol:
    def __class_getitem__(cls, parameters):
        return cls


class TypedDict(dict):
    pass


def TypeVar(name, *constraints, bound=None, covariant=False, contravariant=False):
    return _Form(name)


def NewType(name, tp):
    return tp


def cast(typ, val):
    return val


def overload(func):
    return func


def final(f):
    return f


def no_type_check(arg):
    return arg


def runtime_checkable(cls):
    return cls


def get_type_hints(obj):
    return dict(getattr(obj, "__annotations__", {}))


class NamedTuple(tuple):
    # A class that inherits from this one gets what `namedtuple` gives, for the names that its body annotates.
    def __new__(cls, typename, fields=None, /, **names):
        from collections import namedtuple

        fields = list(names.items()) if fields is None else list(fields)
        made = namedtuple(typename, [name for name, _ in fields])
        made.__annotations__ = dict(fields)
        return made

    def __init_subclass__(cls, **names):
        from collections import namedtuple

        if NamedTuple not in cls.__bases__:
            return
        fields = list(cls.__dict__.get("__annotations__", {}))
        defaults = []
        for name in fields:
            if name in cls.__dict__:
                defaults.append(cls.__dict__[name])
            elif defaults:
                raise TypeError("non-default namedtuple field %s cannot follow default field%s %s" % (name, "s" if len(defaults) > 1 else "", ", ".join(f for f in fields if f in cls.__dict__)))
        made = namedtuple(cls.__name__, fields, defaults=defaults)
        for name, value in made.__dict__.items():
            if name in fields or name.startswith("_") and name not in cls.__dict__ and name not in ("__module__", "__qualname__", "__doc__"):
                setattr(cls, name, value)
