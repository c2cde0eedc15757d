# `abc`: classes with abstract methods cannot be instantiated.


def abstractmethod(funcobj):
    if isinstance(funcobj, property):
        funcobj.fget.__isabstractmethod__ = True
    else:
        funcobj.__isabstractmethod__ = True
    return funcobj


def abstractproperty(funcobj):
    return property(abstractmethod(funcobj))


def _is_abstract(value):
    if isinstance(value, property):
        value = value.fget
    return getattr(value, "__isabstractmethod__", False)


def _abstract_names(cls):
    names = set()
    for kind in reversed(cls.__mro__[:-1]):
        for name, value in kind.__dict__.items():
            if _is_abstract(value):
                names.add(name)
            else:
                names.discard(name)
    return sorted(names)


class ABC:
    def __new__(cls, *args, **kwargs):
        names = _abstract_names(cls)
        if names:
            s = "" if len(names) == 1 else "s"
            raise TypeError("Can't instantiate abstract class %s with abstract method%s %s" % (cls.__name__, s, ", ".join(names)))
        return super().__new__(cls)


class ABCMeta:
    pass
