# What `math` computes with whole numbers.


def _whole(name, n):
    if isinstance(n, float):
        raise TypeError("'float' object cannot be interpreted as an integer")
    if n < 0:
        raise ValueError(name + " must be a non-negative integer")
    return n


def factorial(x, /):
    if isinstance(x, float):
        raise TypeError("'float' object cannot be interpreted as an integer")
    if x < 0:
        raise ValueError("factorial() not defined for negative values")
    result = 1
    for i in range(2, x + 1):
        result *= i
    return result


def comb(n, k, /):
    n, k = _whole("n", n), _whole("k", k)
    if k > n:
        return 0
    k = min(k, n - k)
    result = 1
    for i in range(k):
        result = result * (n - i) // (i + 1)
    return result


def perm(n, k=None, /):
    n = _whole("n", n)
    k = n if k is None else _whole("k", k)
    if k > n:
        return 0
    result = 1
    for i in range(k):
        result *= n - i
    return result


def prod(iterable, /, *, start=1):
    for x in iterable:
        start = start * x
    return start
