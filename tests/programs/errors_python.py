# What Python says to the usual mistakes.
import math


class Point:
    def __init__(self, x, y=0):
        self.x, self.y = x, y

    def move(self, dx, *, dy):
        pass


def f(a, b):
    return a + b


def unpack():
    a, b = 1


def shadow():
    total += 1


def recurse(n):
    return recurse(n + 1)


mistakes = {
    "a name": lambda: undefined,
    "an attribute": lambda: Point(1).z,
    "a method": lambda: "abc".push("d"),
    "of None": lambda: None.x,
    "of a module": lambda: math.squareroot,
    "of a class": lambda: Point.z,
    "adding": lambda: 1 + "a",
    "adding otherwise": lambda: "a" + 1,
    "adding lists": lambda: [1] + (2,),
    "subtracting": lambda: "a" - "b",
    "multiplying": lambda: "a" * "b",
    "multiplying by a fraction": lambda: [1] * 2.0,
    "comparing": lambda: 1 < "a",
    "negating": lambda: -"a",
    "objects": lambda: Point(1) + Point(2),
    "objects compared": lambda: Point(1) < Point(2),
    "calling a number": lambda: (1)(),
    "calling nothing": lambda: None(),
    "indexing a function": lambda: f[0],
    "indexing an object": lambda: Point(1)[0],
    "a list by a word": lambda: [1]["a"],
    "a tuple by a fraction": lambda: (1, 2)[0.5],
    "past the end": lambda: (1, 2)[2],
    "a word past the end": lambda: "ab"[2],
    "a key": lambda: {"a": 1}[2],
    "a key that is a list": lambda: {}[[1]],
    "iterating": lambda: [x for x in 3],
    "iterating over an object": lambda: list(Point(1)),
    "length": lambda: len(3),
    "length of an object": lambda: len(Point(1)),
    "an argument missing": lambda: f(1),
    "two missing": lambda: f(),
    "one too many": lambda: f(1, 2, 3),
    "twice the same": lambda: f(1, a=2),
    "unexpected": lambda: f(1, 2, c=3),
    "an object without": lambda: Point(),
    "an object with too many": lambda: Point(1, 2, 3),
    "by name only": lambda: Point(1).move(1, 2),
    "a name left out": lambda: Point(1).move(1),
    "unpacking a number": unpack,
    "before it is there": shadow,
    "int of a word": lambda: int("3.5"),
    "int of nothing": lambda: int(None),
    "float of a list": lambda: float([1]),
    "a sum of words": lambda: sum(["a", "b"]),
    "max of nothing": lambda: max([]),
    "dividing": lambda: 1 / 0,
    "a range of fractions": lambda: range(1.5),
    "joining numbers": lambda: ",".join([1, 2]),
    "in a number": lambda: 1 in 2,
    "a set of lists": lambda: {[1]},
    "a letter": lambda: ord("ab"),
    "next of a list": lambda: next([1]),
    "zip of a number": lambda: list(zip(1, [2])),
    "a format": lambda: "{:d}".format(1.5),
    "remove": lambda: [1].remove(2),
    "recursion": lambda: recurse(0),
    "isinstance": lambda: isinstance(1, "int"),
    "sorting": lambda: sorted([1, None]),
    "sqrt": lambda: math.sqrt("4"),
    "abs": lambda: abs("x"),
    "round": lambda: round("x"),
}
for name, mistake in mistakes.items():
    try:
        mistake()
        print(name, "- went well")
    except RecursionError as e:
        print(name, "- RecursionError")
    except Exception as e:
        print("%s - %s: %s" % (name, type(e).__name__, e))
