# A matrix class and rational numbers, both in plain Python.
import random
from math import gcd


class Matrix:
    def __init__(self, rows):
        self.rows = [list(r) for r in rows]

    @classmethod
    def zeros(cls, n, m):
        return cls([[0] * m for _ in range(n)])

    @classmethod
    def identity(cls, n):
        return cls([[int(i == j) for j in range(n)] for i in range(n)])

    @classmethod
    def random(cls, n, m, seed=None):
        rng = random.Random(seed)
        return cls([[rng.randint(-5, 5) for _ in range(m)] for _ in range(n)])

    @property
    def shape(self):
        return len(self.rows), len(self.rows[0])

    @property
    def T(self):
        return Matrix(zip(*self.rows))

    def __getitem__(self, key):
        if isinstance(key, tuple):
            i, j = key
            return self.rows[i][j]
        return self.rows[key]

    def __setitem__(self, key, value):
        i, j = key
        self.rows[i][j] = value

    def __matmul__(self, other):
        if self.shape[1] != other.shape[0]:
            raise ValueError("shapes %s and %s do not fit" % (self.shape, other.shape))
        return Matrix([[sum(a * b for a, b in zip(r, c)) for c in zip(*other.rows)] for r in self.rows])

    def __add__(self, other):
        return Matrix([[a + b for a, b in zip(r, s)] for r, s in zip(self.rows, other.rows)])

    def __mul__(self, k):
        return Matrix([[a * k for a in r] for r in self.rows])

    __rmul__ = __mul__

    def __pow__(self, n):
        result, base = Matrix.identity(len(self.rows)), self
        while n:
            if n & 1:
                result = result @ base
            base, n = base @ base, n >> 1
        return result

    def __eq__(self, other):
        return self.rows == other.rows

    def __iter__(self):
        return iter(self.rows)

    def __str__(self):
        width = max(len(str(v)) for r in self.rows for v in r)
        return "\n".join("[" + " ".join(str(v).rjust(width) for v in r) + "]" for r in self.rows)


class Fraction:
    def __init__(self, p, q=1):
        if q == 0:
            raise ZeroDivisionError("Fraction(%d, 0)" % p)
        g = gcd(p, q) * (1 if q > 0 else -1)
        self.p, self.q = p // g, q // g

    def __add__(self, o):
        o = o if isinstance(o, Fraction) else Fraction(o)
        return Fraction(self.p * o.q + o.p * self.q, self.q * o.q)

    __radd__ = __add__

    def __mul__(self, o):
        o = o if isinstance(o, Fraction) else Fraction(o)
        return Fraction(self.p * o.p, self.q * o.q)

    __rmul__ = __mul__

    def __float__(self):
        return self.p / self.q

    def __repr__(self):
        return "%d/%d" % (self.p, self.q) if self.q != 1 else str(self.p)


a = Matrix.random(2, 3, seed=1)
print(a, a.shape, a.T, a @ a.T, sep="\n")
fib = Matrix([[1, 1], [1, 0]])
print((fib ** 50)[0, 1], fib ** 0 == Matrix.identity(2), 2 * fib == fib + fib, [sum(r) for r in fib])
a[0, 0] = 100
print(a[0], a[1, 2], Matrix.zeros(1, 2) * 3)
try:
    a @ a
except ValueError as e:
    print(e)
half, third = Fraction(1, 2), Fraction(-2, -6)
print(half + third, half * third, 2 * half, sum([half, third, 1]), float(third), Fraction(4, -6))
print(Matrix([[half, third]]) @ Matrix([[2], [3]]))
try:
    Fraction(1, 0)
except ZeroDivisionError as e:
    print("ZeroDivisionError:", e)
