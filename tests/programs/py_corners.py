"""Corners of Python."""
import typing
from collections import namedtuple, OrderedDict
from pathlib import Path, PurePosixPath
from typing import NamedTuple, Optional, List

# throw goes into what is delegated to.
def inner():
    try:
        yield 1
    except KeyError as e:
        print("inner caught", e)
        yield 2
    finally:
        print("inner left")
    return "result"

def outer():
    try:
        got = yield from inner()
        print("outer got", got)
    except ValueError as e:
        print("outer caught", e)
        yield 99

g = outer()
print(next(g))
print(g.throw(KeyError("k")))
try:
    next(g)
except StopIteration:
    print("stopped")
g = outer()
next(g)
print(g.throw(ValueError("v")))
g = outer()
next(g)
g.close()
def numbers():
    yield from [1, 2, 3]
g = numbers()
next(g)
try:
    g.throw(RuntimeError("through a list"))
except RuntimeError as e:
    print(e)
def echo():
    while True:
        got = yield
        print("echo", got)
def relay():
    yield from echo()
g = relay()
next(g)
g.send("a")
g.send(None)
try:
    g.throw(ZeroDivisionError)
except ZeroDivisionError as e:
    print(repr(e))

# Named tuples.
class Point(NamedTuple):
    """A point."""
    x: float
    y: float = 0.0
    label: Optional[str] = None

    def norm(self):
        return (self.x ** 2 + self.y ** 2) ** 0.5

    @property
    def swapped(self):
        return Point(self.y, self.x)

p = Point(3, 4)
print(p, p.norm(), p.swapped, p == (3, 4, None), p._replace(x=1), p._asdict(), Point._fields, Point._field_defaults)
x, y, label = p
print(x, y, label, p[0], len(p), isinstance(p, tuple), hash(p) == hash((3, 4, None)), Point.__doc__)
try:
    p.x = 5
except AttributeError as e:
    print(e)
try:
    Point()
except TypeError as e:
    print(e)
Config = namedtuple("Config", "lr momentum nesterov", defaults=(0.9, False))
print(Config(0.1), Config(0.1, nesterov=True), Config._field_defaults, Config._make([1, 2, 3]), sorted([Config(2), Config(1)]))
Employee = NamedTuple("Employee", [("name", str), ("id", int)])
print(Employee("Guido", id=3))
try:
    namedtuple("Bad", "class x")
except ValueError as e:
    print(e)
print(namedtuple("R", "class x x", rename=True)._fields)
class Sub(namedtuple("Base", "a b")):
    __slots__ = ()
    def total(self):
        return self.a + self.b
print(Sub(1, 2).total(), Sub(1, 2), Sub(a=5, b=1)._replace(b=0))

# Keys with their own hash and equality.
class Key:
    def __init__(self, a, b):
        self.a, self.b = a, b
    def __hash__(self):
        return hash(self.a)
    def __eq__(self, other):
        return isinstance(other, Key) and (self.a, self.b) == (other.a, other.b)
    def __repr__(self):
        return "Key(%r, %r)" % (self.a, self.b)
d = {Key(1, 2): "x", Key(1, 3): "y"}
print(d, d[Key(1, 2)], d[Key(1, 3)], Key(1, 4) in d, len(d), d.get(Key(2, 2), "none"))
d[Key(1, 2)] = "z"
print(d, {Key(0, 0), Key(0, 0), Key(0, 1)}, Key(0, 0) == Key(0, 0), [Key(1, 1)].index(Key(1, 1)))
class Mod:
    def __init__(self, n):
        self.n = n
    def __hash__(self):
        return self.n % 3
    def __eq__(self, other):
        return self.n % 3 == other.n % 3
s = {Mod(1), Mod(4), Mod(2)}
print(len(s), Mod(7) in s, Mod(3) in s)
del d[Key(1, 3)]
print(d, d.pop(Key(1, 2)), d)

# Paths.
root = Path("data")
file = root / "sub" / "a.tar.gz"
print(file, repr(file), file.name, file.stem, file.suffix, file.suffixes, file.parent, file.parts)
print(file.with_suffix(".txt"), file.with_name("b.py"), str(file.parent.parent), Path("x") == Path("./x"), Path("a", "b"), Path("/a/b").is_absolute())
out = Path("note.txt")
out.write_text("hello\nworld\n")
print(out.exists(), out.read_text().splitlines(), Path("none").exists(), out.is_file())
with out.open() as f:
    print(f.readline().strip())
print(PurePosixPath("a/../b").as_posix(), Path("a/b/c").relative_to("a"), sorted([Path("b"), Path("a")]), {Path("a"): 1}[Path("a")])
print(Path("a/b.txt").joinpath("c"), f"{Path('q')}", Path("w/x.pt").stem + "_best")
