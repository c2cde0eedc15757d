# yield, yield from, send, generator expressions, endless streams.
import itertools


def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


def flatten(tree):
    for x in tree:
        if isinstance(x, (list, tuple)):
            yield from flatten(x)
        else:
            yield x


def running_mean():
    total, n, mean = 0.0, 0, None
    while True:
        x = yield mean
        total += x
        n += 1
        mean = total / n


def batches(xs, size):
    batch = []
    for x in xs:
        batch.append(x)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def traced():
    print("start")
    try:
        yield 1
        print("between")
        yield 2
    finally:
        print("cleanup")
    return "result"


def outer():
    got = yield from traced()
    print("got", got)
    yield 3


g = fib()
print([next(g) for _ in range(10)], next(g))
print(list(itertools.islice(fib(), 5, 10)), list(itertools.takewhile(lambda x: x < 50, fib())))
print(list(flatten([1, [2, (3, [4, 5])], [], [[6]]])))
m = running_mean()
next(m)
print([m.send(x) for x in (10, 20, 60)])
for batch in batches(range(7), 3):
    print(batch, end=" ")
print()
print(list(outer()))
t = traced()
print(next(t))
t.close()
squares = (x * x for x in range(5))
print(next(squares), next(squares), list(squares), list(squares))
print(sum(x for x in range(100) if x % 7 == 0), max((len(w), w) for w in "a bbb cc".split()))
print(any(x > 3 for x in [1, 2, 5]), all(x > 0 for x in []), sorted(x % 3 for x in range(6)))
e = enumerate("abc", start=1)
print(next(e), list(e))
z = zip("ab", [1, 2, 3], (True, False))
print(list(z), list(zip(*[[1, 2], [3, 4], [5, 6]])))
