# `timeit`, of functions: a text cannot be run.
from time import perf_counter as default_timer


def timeit(stmt="pass", setup="pass", timer=default_timer, number=1000000, globals=None):
    if not callable(stmt):
        raise ValueError("timeit of a text is not part of Seegrad: give a function")
    start = timer()
    for _ in range(number):
        stmt()
    return timer() - start
