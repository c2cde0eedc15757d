# Structural pattern matching.
import collections
import enum
from dataclasses import dataclass
from typing import NamedTuple


@dataclass
class Point:
    x: float
    y: float = 0.0


class Pair(NamedTuple):
    left: int
    right: int


class Color(enum.Enum):
    RED = 1
    GREEN = 2


class Shape:
    __match_args__ = ("name", "size")

    def __init__(self, name, size):
        self.name, self.size = name, size


def told(value):
    match value:
        case None:
            return "nothing"
        case True | False:
            return "a truth"
        case 0:
            return "zero"
        case -1 | -2.5:
            return "below"
        case int(n) if n > 100:
            return "large %d" % n
        case int() | float() as number:
            return "number %s" % number
        case "on" | "off" as state:
            return "state " + state
        case str(text):
            return "text " + text
        case Color.RED:
            return "red"
        case Color():
            return "another color"
        case []:
            return "empty"
        case [x]:
            return "one %s" % x
        case Pair(left=1, right=r):
            return "pair %s" % r
        case Point(0.0, 0.0):
            return "origin"
        case Point(x, y=0.0):
            return "on the axis %s" % x
        case Point(x=x, y=y) if x == y:
            return "diagonal %s" % x
        case Point():
            return "somewhere"
        case Shape("circle", size):
            return "circle %s" % size
        case Shape(name=other):
            return "shape " + other
        case ("move", (int(x), int(y)), *options):
            return "move %d %d %s" % (x, y, options)
        case [first, *_, last] if first == last:
            return "round %s" % first
        case (1, 2, 3) | [3, 2, 1]:
            return "counting"
        case first, second:
            return "two %s %s" % (first, second)
        case [_, _, *rest]:
            return "more %s" % rest
        case {"kind": "circle", "r": r, **others}:
            return "round thing %s %s" % (r, others)
        case {"kind": str(kind), "parts": [{"n": n}, *_]}:
            return "%s with %s" % (kind, n)
        case {1: "a"}:
            return "a at one"
        case {}:
            return "mapping %d" % len(value)
        case _:
            return "else " + type(value).__name__


for value in [None, True, 0, 0.0, -1, -2.5, 7, 101, 2.5, "on", "word", Color.RED, Color.GREEN, [], [5], (6,), Pair(1, 2), Pair(3, 4), Point(0.0, 0.0),
              Point(3.0), Point(2.0, 2.0), Point(1.0, 2.0), Shape("circle", 3), Shape("square", 1), ("move", (1, 2)), ["move", [3, 4], "fast", "far"],
              ("move", (1, "2")), [1, 5, 1], [3, 2, 1], (1, 2, 3), range(2), "ab", b"ab", [1, 2, 4], collections.deque([1, 2]), {"kind": "circle", "r": 2, "color": "red"},
              {"kind": "box", "parts": [{"n": 4}, 5]}, {1: "a", 2: "b"}, {"other": 1, "more": 2}, {}, {1, 2}, object]:
    print(value if not isinstance(value, (Shape, type)) else "-", "->", told(value))


def run(command, memory={}):
    match command.split():
        case ["set", name, value] if value.isdigit():
            memory[name] = int(value)
        case ["get", name] if name in memory:
            return memory[name]
        case ["add", *names]:
            return sum(memory[name] for name in names)
        case [verb, *_]:
            return "unknown " + verb
        case _:
            return "silence"


print([run(c) for c in ("set a 3", "set b 4", "get a", "get z", "add a b", "set a b", "", "jump")])

match 3, 4:
    case (x, y) if x > y:
        print("falls")
    case x, y:
        print("rises", x, y)
print(x, y)

match = {"match": 1}
case = 2
print(match["match"], case)
match (match):
    case {"match": n}:
        print("soft", n)
for i in range(6):
    match i:
        case 1:
            continue
        case 4:
            break
        case n if n % 2:
            print("odd", n)
        case _:
            pass
    print("after", i)


def depth(tree):
    match tree:
        case (left, right):
            return 1 + max(depth(left), depth(right))
        case _:
            return 0


print(depth(((1, 2), (3, (4, 5)))))


def simplify(e):
    match e:
        case ("+", 0, a) | ("+", a, 0):
            return simplify(a)
        case ("*", 0, _) | ("*", _, 0):
            return 0
        case ("*", 1, a) | ("*", a, 1):
            return simplify(a)
        case (op, a, b):
            left, right = simplify(a), simplify(b)
            return (op, left, right) if (left, right) == (a, b) else simplify((op, left, right))
    return e


print(simplify(("+", ("*", 1, "x"), ("*", "y", ("+", 0, 0)))))


class Walker:
    def go(self, step):
        match step:
            case {"to": [x, y]} | {"at": {"x": x, "y": y}}:
                self.place = x, y
            case {"by": d}:
                self.place = tuple(p + d for p in self.place)
        return self.place


walker = Walker()
print(walker.go({"to": (1, 2)}), walker.go({"by": 2}), walker.go({"at": {"x": 5, "y": 6}}), walker.go({}))


def numbers():
    total = 0
    while True:
        match (yield total):
            case int(n):
                total += n
            case "stop":
                return


g = numbers()
print(next(g), g.send(3), g.send(4))
for wrong in (lambda: told_class(1), lambda: too_many(Point(1, 2))):

    def told_class(v):
        kind = 3
        match v:
            case kind(_):
                pass

    def too_many(v):
        match v:
            case Point(a, b, c):
                pass

    try:
        wrong()
    except TypeError as error:
        print(error)
