# `enum`: the members of a class are made when the class is.


class auto:
    def __init__(self):
        self.value = None


def unique(enumeration):
    seen = {}
    for name, member in enumeration._names_.items():
        if member.name != name:
            raise ValueError("duplicate values found in %r: %s -> %s" % (enumeration, name, member.name))
    return enumeration


class Enum:
    def __init_subclass__(cls, **names):
        cls._member_map_ = {}
        cls._names_ = {}
        cls._members_ = True
        last = None
        for name, value in list(cls.__dict__.items()):
            if name.startswith("_") or callable(value) or isinstance(value, (property, staticmethod, classmethod)):
                continue
            if isinstance(value, auto):
                value = cls._generate_next_value_(name, 1, len(cls._member_map_), [] if last is None else [last])
            last = value
            member = cls._find(value)
            if member is None:
                member = cls._new_member(value)
                member.name = member._name_ = name
                member.value = member._value_ = value
                if type(cls.__init__) is type(unique):
                    args = value if isinstance(value, tuple) else (value,)
                    cls.__init__(member, *args)
                cls._member_map_[name] = member
            cls._names_[name] = member
            setattr(cls, name, member)
        cls.__members__ = cls._names_

    @classmethod
    def _new_member(cls, value):
        if issubclass(cls, (int, str, float)):
            return super().__new__(cls, value)
        return object.__new__(cls)

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return last_values[-1] + 1 if last_values else start

    @classmethod
    def _find(cls, value):
        for member in cls._member_map_.values():
            if type(member.value) is type(value) and member.value == value or member.value == value:
                return member
        return None

    @classmethod
    def _missing_(cls, value):
        return None

    def __new__(cls, value):
        if isinstance(value, cls):
            return value
        member = cls._find(value)
        if member is None:
            member = cls._missing_(value)
        if member is None:
            raise ValueError("%r is not a valid %s" % (value, cls.__name__))
        return member

    def __repr__(self):
        return "<%s.%s: %r>" % (type(self).__name__, self.name, self.value)

    def __str__(self):
        return "%s.%s" % (type(self).__name__, self.name)

    def __hash__(self):
        return hash(self.name)

    def __format__(self, spec):
        return format(str(self), spec)


class IntEnum(int, Enum):
    def __str__(self):
        return str(self.value)

    def __hash__(self):
        return hash(self.value)

    def __format__(self, spec):
        return format(self.value, spec)


class StrEnum(str, Enum):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    def __str__(self):
        return self.value

    def __hash__(self):
        return hash(self.value)

    def __format__(self, spec):
        return format(self.value, spec)
