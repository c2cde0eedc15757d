# The abstract classes of containers: `isinstance` knows which builtin classes count among them.


class Sized:
    pass


class Container:
    pass


class Collection:
    pass


class Iterable:
    pass


class Iterator:
    pass


class Generator:
    pass


class Sequence:
    pass


class MutableSequence:
    pass


class Mapping:
    pass


class MutableMapping:
    pass


class Set:
    pass


class MutableSet:
    pass


class Callable:
    pass


class Hashable:
    pass
