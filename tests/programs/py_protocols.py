# Iterators, context managers, __getattr__, __call__ and ordering written by hand.
class Countdown:
    def __init__(self, start):
        self.start = start

    def __iter__(self):
        self.n = self.start
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n + 1


class Squares:
    """Only __getitem__ and __len__: iteration by the old protocol."""

    def __len__(self):
        return 5

    def __getitem__(self, i):
        if i >= len(self):
            raise IndexError("past the end")
        return i * i


class Timer:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow

    def __enter__(self):
        print("enter", self.name)
        return self

    def __exit__(self, kind, value, traceback):
        print("exit", self.name, None if kind is None else kind.__name__, value)
        return self.swallow


class Config:
    def __init__(self, **kwargs):
        self.values = kwargs

    def __getattr__(self, name):
        try:
            return self.values[name]
        except KeyError:
            raise AttributeError("no option called " + repr(name))


class Poly:
    def __init__(self, *coefficients):
        self.coefficients = coefficients

    def __call__(self, x, verbose=False):
        total = 0
        for c in reversed(self.coefficients):
            total = total * x + c
        if verbose:
            print("p(%s) = %s" % (x, total))
        return total


print(list(Countdown(5)), sum(Countdown(4)), max(Countdown(3)))
it = iter(Countdown(2))
print(next(it), next(it), next(it, "done"))
try:
    next(it)
except StopIteration:
    print("StopIteration")
print(list(Squares()), len(Squares()), 9 in Squares(), [x for x in Squares()][::-1])
with Timer("outer") as t, Timer("inner"):
    print("inside", t.name)
with Timer("swallows", swallow=True):
    1 / 0
try:
    with Timer("passes on"):
        raise ValueError("wrong value")
except ValueError as e:
    print("caught", e)
c = Config(lr=0.1, epochs=3)
print(c.lr, c.epochs, hasattr(c, "momentum"))
try:
    c.momentum
except AttributeError as e:
    print(e)
p = Poly(1, 0, 2)
print(p(3), p(x=2, verbose=True), callable(p), callable(3), list(map(p, range(4))))
