# Several bases, cooperative super, class attributes, introspection.
class Base:
    registry = []

    def __init__(self, **kwargs):
        self.log = ["Base"]
        for key, value in kwargs.items():
            setattr(self, key, value)

    def run(self):
        return ["Base.run"]

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        Base.registry.append(cls.__name__)


class Left(Base):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.log.append("Left")

    def run(self):
        return ["Left.run"] + super().run()


class Right(Base):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.log.append("Right")

    def run(self):
        return ["Right.run"] + super().run()


class Both(Left, Right):
    def __init__(self, name, **kwargs):
        super().__init__(name=name, **kwargs)
        self.log.append("Both")

    def run(self):
        return ["Both.run"] + super().run()


b = Both("b", size=3)
print(b.log, b.run(), b.name, b.size)
print([c.__name__ for c in Both.__mro__], Base.registry)
print(Both.__bases__[0].__name__, isinstance(b, Right), issubclass(Left, Right), type(b).__name__, Both.__name__)


class Mixin:
    def describe(self):
        return "%s(%s)" % (type(self).__name__, ", ".join("%s=%r" % kv for kv in sorted(vars(self).items())))


class Counter:
    total = 0
    names = []

    def __init__(self, name):
        self.name = name
        type(self).total += 1
        self.names.append(name)


class Tagged(Mixin, Counter):
    total = 10


Counter("a"), Tagged("b")
t = Tagged("c")
print(t.describe(), Counter.total, Tagged.total, Counter.names is Tagged.names, t.names)
t.total = "own"
print(t.total, Tagged.total, "total" in t.__dict__, hasattr(Tagged, "describe"), t.describe())
del t.total
print(t.total, Mixin.describe(t), Counter.__init__.__name__, Tagged.describe is Mixin.describe)


class Meta:
    """A class with a docstring."""

    private = "_x"
    _hidden = 1
    __mangled = 2

    def get(self):
        return self.__mangled

    @property
    def doubled(self):
        return self._hidden * 2

    @doubled.setter
    def doubled(self, v):
        self._hidden = v // 2

    @doubled.deleter
    def doubled(self):
        self._hidden = 0


m = Meta()
m.doubled = 10
print(m.get(), m.doubled, m._hidden, Meta.__doc__, hasattr(m, "__mangled"), Meta._Meta__mangled)
del m.doubled
print(m._hidden, callable(m.get), m.get.__self__ is m)
method = b.run
Both.run = lambda self: "replaced"
print(method()[0], b.run(), getattr(b, "run")(), [k for k in vars(b)])
a = type("Made", (Base,), {"x": 5, "twice": lambda self: self.x * 2})()
print(a.x, a.twice(), type(a).__name__, Base.registry[-1])
