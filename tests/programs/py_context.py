# Context managers by class and by generator, and what happens to errors inside.
from contextlib import contextmanager


@contextmanager
def section(name):
    print("begin", name)
    try:
        yield name.upper()
    finally:
        print("end", name)


@contextmanager
def swallow(kind):
    try:
        yield
    except kind as e:
        print("swallowed", type(e).__name__, e)


with section("one") as title:
    print("inside", title)
with swallow(ZeroDivisionError):
    1 / 0
with swallow((KeyError, IndexError)), section("two"):
    [][1]
try:
    with section("three"):
        raise ValueError("passes through")
except ValueError as e:
    print("caught", e)


class Setting:
    value = 1

    def __init__(self, new):
        self.new = new

    def __enter__(self):
        self.old, Setting.value = Setting.value, self.new
        return self

    def __exit__(self, *args):
        Setting.value = self.old
        return False


with Setting(5):
    print(Setting.value)
    with Setting(9) as s:
        print(Setting.value, s.old)
    print(Setting.value)
print(Setting.value)


class Graph:
    stack = []

    def __enter__(self):
        Graph.stack.append(self)
        return self

    def __exit__(self, kind, value, trace):
        Graph.stack.pop()
        if kind is not None:
            print("graph ended by", kind.__name__)
        return kind is KeyError


def loop():
    for i in range(5):
        with Graph():
            if i == 1:
                continue
            if i == 3:
                return "left at %d with %d open" % (i, len(Graph.stack))


print(loop(), len(Graph.stack))
with Graph():
    {}["missing"]
print("after")


class no_grad:
    enabled = True

    def __enter__(self):
        self.previous = no_grad.enabled
        no_grad.enabled = False

    def __exit__(self, *_):
        no_grad.enabled = self.previous

    def __call__(self, f):
        def wrapped(*args):
            with self:
                return f(*args)

        return wrapped


@no_grad()
def f(x):
    return x, no_grad.enabled


print(f(3), no_grad.enabled)
try:
    with 5:
        pass
except (AttributeError, TypeError) as e:
    print(type(e).__name__)
