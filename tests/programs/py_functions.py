# Arguments of all kinds, closures, decorators.
import functools


def f(a, b=2, *args, c, d=4, **kwargs):
    return a, b, args, c, d, kwargs


print(f(1, c=3))
print(f(1, 20, 30, 40, c=50, e=60))
print(f(*[1, 2, 3], **{"c": 5, "z": 0}))
for wrong in [lambda: f(1), lambda: f(), lambda: (lambda x: x)(1, 2), lambda: (lambda x: x)(y=1)]:
    try:
        wrong()
    except TypeError as e:
        print("TypeError:", e)


def append_to(x, target=[]):
    target.append(x)
    return target


print(append_to(1), append_to(2), append_to(3, []))


def counter(step=1):
    n = 0

    def bump():
        nonlocal n
        n += step
        return n

    return bump


one, ten = counter(), counter(step=10)
print(one(), one(), ten(), one(), ten())
total = 0


def add(x):
    global total
    total += x


for i in range(5):
    add(i)
print(total)


def logged(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        result = fn(*args, **kwargs)
        print("%s%r -> %r" % (fn.__name__, args, result))
        return result

    return wrapper


def repeat(times):
    def decorate(fn):
        def wrapper(*args):
            return [fn(*args) for _ in range(times)]

        return wrapper

    return decorate


@logged
def fact(n):
    """The product of all up to n."""
    return 1 if n <= 1 else n * fact(n - 1)


@repeat(3)
@logged
def greet(name):
    return "hi " + name


fact(4)
print(greet("ann"), fact.__name__, fact.__doc__)
adders = [lambda x, k=k: x + k for k in range(3)]
late = [lambda x: x + k for k in range(3)]
print([g(10) for g in adders], [g(10) for g in late])
compose = lambda *fs: functools.reduce(lambda g, h: lambda x: h(g(x)), fs)
print(compose(lambda x: x + 1, lambda x: x * 2, str)(4))
power = functools.partial(pow, 2)
print(power(10), functools.partial(f, 1, c=9)(7))
print((lambda: "no argument")(), (lambda *a, **k: (a, k))(1, k=2))
