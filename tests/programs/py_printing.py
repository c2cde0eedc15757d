# What print writes for every kind of value.
print()
print(1, 2.0, "three", None, True, [4], (5,), {6}, {7: 8})
print("a", "b", sep="-")
print("a", end="")
print("b", end="\n\n")
print(*[1, 2, 3], sep="\n")
print([1, 2.5, "text", None, True, [1, [2]], (1,), {"k": "v"}, {3}])
print(("a",), ("a", 'it\'s'), (), [()], [[]], {})
print({"a": 1, 2: [3], (4, 5): {"nested": {}}})
print(["tab\t", "newline\n", "quote'", 'double"', "back\\slash", "é", "\u4e2d"])
print("tab\tx", "quote'", "é")
print(str([1.0, 1e20, 1e-7, -0.0, float("inf"), float("nan")]))
print(True, False, None, ..., NotImplemented, int, float, str, list, type(None), type(print), type(lambda: 0))
print(range(3), range(1, 10, 2), slice(1, 2), type(x for x in ()), type({}.keys()))


class Plain:
    pass


class Named:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return "Named(%r)" % self.name


class Shown(Named):
    def __str__(self):
        return "shown as " + self.name


print(Plain, Named("x"), Shown("y"), [Shown("z")], {Named("k"): 1}, "%s %r" % (Shown("s"), Shown("r")))
print(f"{Shown('f')} {Shown('f')!r} {Shown('f')!s:>12}|", str(Shown("t")), repr(Shown("u")))
print(type(Plain()), isinstance(Plain(), object), Plain.__name__, str(Plain)[:8])
print(ValueError("text"), repr(ValueError("text")), [KeyError("k")], Exception(1, 2), repr(Exception()))
print(1_000, 0x10, 1e3, 10 ** 18, -5, +3, 1.50, 3.0e-2, 100000000000000000000.0, 0.1 + 0.7)
print("multi", """line
text""", 'con' 'cat')
print("%s" % [1, "a"], "%s" % {"a": (1,)}, "{}".format([None]), f"{[1, 'a']}", str({"b"}))
print("*" * 10, "=" * 5 + ">", "-" * 0 + "|", "%-10s|" % "left", "%10s|" % "right")
rows = [("name", "value"), ("loss", 0.25), ("epoch", 3)]
for name, value in rows:
    print("{:<8}{:>8}".format(name, value))
print("\n".join(" ".join("%2d" % (i * j) for j in range(1, 6)) for i in range(1, 4)))
print(b"bytes", bytes(2), [b"x"], "a\x00b".replace("\x00", "0"), "\\n", r"\n", len("\n"))
print("done", flush=True)
