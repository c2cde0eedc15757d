# Enumerations, abstract classes, total ordering, slots.
from abc import ABC, abstractmethod
from enum import Enum, IntEnum, auto
from functools import total_ordering


class Mode(Enum):
    TRAIN = 1
    EVAL = 2


class Colour(Enum):
    RED = auto()
    GREEN = auto()


class Level(IntEnum):
    LOW = 1
    HIGH = 5


print(Mode.TRAIN, repr(Mode.EVAL), Mode.TRAIN.name, Mode.TRAIN.value, Mode(2), Mode["EVAL"])
print([m.name for m in Mode], Mode.TRAIN is Mode.TRAIN, Mode.TRAIN == 1, Level.LOW < Level.HIGH, Level.HIGH + 1)
print({Mode.TRAIN: "t"}[Mode.TRAIN], Colour.GREEN.value, len(Colour), Mode.TRAIN in Mode)
print(isinstance(Colour.RED, Colour))
try:
    Mode(3)
except ValueError as e:
    print("ValueError:", e)


class Optimizer(ABC):
    def __init__(self, lr):
        self.lr = lr

    @abstractmethod
    def update(self, w, g):
        """The new weight."""

    @property
    @abstractmethod
    def name(self):
        pass

    def describe(self):
        return "%s(lr=%g)" % (self.name, self.lr)


class Descent(Optimizer):
    name = "descent"

    def update(self, w, g):
        return w - self.lr * g


print(Descent(0.5).describe(), Descent(0.5).update(2.0, 1.0), isinstance(Descent(1), Optimizer))
try:
    Optimizer(1)
except TypeError as e:
    print("TypeError:", e)


@total_ordering
class Version:
    __slots__ = ("major", "minor")

    def __init__(self, text):
        self.major, self.minor = map(int, text.split("."))

    def __eq__(self, other):
        return (self.major, self.minor) == (other.major, other.minor)

    def __lt__(self, other):
        return (self.major, self.minor) < (other.major, other.minor)

    def __repr__(self):
        return f"v{self.major}.{self.minor}"


versions = [Version(v) for v in ("1.13", "0.4", "1.2")]
print(sorted(versions), max(versions), versions[0] >= versions[1], versions[2] <= versions[1])
