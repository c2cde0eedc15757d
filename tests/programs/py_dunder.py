# A small vector class, with most of the methods between underscores.
import math


class Vec:
    def __init__(self, *xs):
        self.xs = list(xs)

    def __repr__(self):
        return "Vec(" + ", ".join(repr(x) for x in self.xs) + ")"

    def __str__(self):
        return "<" + " ".join(str(x) for x in self.xs) + ">"

    def __len__(self):
        return len(self.xs)

    def __getitem__(self, i):
        if isinstance(i, slice):
            return Vec(*self.xs[i])
        return self.xs[i]

    def __setitem__(self, i, x):
        self.xs[i] = x

    def __contains__(self, x):
        return any(abs(x - y) < 1e-9 for y in self.xs)

    def __iter__(self):
        return iter(self.xs)

    def __eq__(self, other):
        return isinstance(other, Vec) and self.xs == other.xs

    def __lt__(self, other):
        return abs(self) < abs(other)

    def __hash__(self):
        return hash(tuple(self.xs))

    def __add__(self, other):
        if isinstance(other, (int, float)):
            return Vec(*[x + other for x in self])
        return Vec(*[x + y for x, y in zip(self, other)])

    __radd__ = __add__

    def __sub__(self, other):
        return self + -other

    def __neg__(self):
        return Vec(*[-x for x in self])

    def __mul__(self, k):
        return Vec(*[x * k for x in self])

    def __rmul__(self, k):
        return self * k

    def __truediv__(self, k):
        return self * (1 / k)

    def __matmul__(self, other):
        return sum(x * y for x, y in zip(self, other))

    def __abs__(self):
        return math.sqrt(self @ self)

    def __bool__(self):
        return any(self.xs)

    def __call__(self, f):
        return Vec(*map(f, self.xs))

    def __iadd__(self, other):
        self.xs = (self + other).xs
        return self


a, b = Vec(1, 2, 2), Vec(0, 3, 4)
print(a, repr(b), [a, b], f"{a}", "%s %r" % (a, a))
print(a + b, a - b, 2 * a, a * 3, b / 2, 10 + a, -a)
print(a @ b, abs(a), abs(b), len(a), a[1], a[-1], a[1:], a[::-1])
print(2 in a, 5 in a, 2.0000000001 in a, a == Vec(1, 2, 2), a != b, a == 1)
print(a < b, a > b, sorted([b, a, Vec(1, 0, 0)]), max(a, b))
print(bool(a), bool(Vec(0, 0)), "empty" if not Vec() else "full")
print(a(lambda x: x ** 2), list(a), tuple(b), sum(a), sum([a, b]), max(b))
c = a
c += 1
print(a, c is a)
c[0] = 100
x, y, z = c
print(x, y, z, {Vec(1, 2): "hashed"}[Vec(1, 2)], len({Vec(1), Vec(1), Vec(2)}))
try:
    a + None
except TypeError as e:
    print("TypeError")
