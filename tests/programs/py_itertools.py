# itertools, functools, and the builtins that take functions.
import itertools
import operator
from functools import lru_cache, partial, reduce
from itertools import chain, combinations, count, cycle, islice, permutations, product, repeat

print(list(chain([1, 2], "ab", (3,))), list(chain.from_iterable([[1], [2, 3]])))
print(list(product([0, 1], repeat=2)), list(product("ab", [1, 2])))
print(list(permutations([1, 2, 3], 2)), list(combinations("abcd", 2)))
print(list(islice(count(10, 5), 4)), list(islice(cycle("ab"), 5)), list(repeat(7, 3)))
print(list(itertools.accumulate([1, 2, 3, 4])), list(itertools.accumulate([3, 1, 4, 1, 5], max)))
print(list(itertools.zip_longest([1, 2, 3], "ab", fillvalue="-")), list(itertools.starmap(pow, [(2, 3), (3, 2)])))
print([(k, list(g)) for k, g in itertools.groupby("aaabbc")], list(itertools.dropwhile(lambda x: x < 3, range(6))))
print([(k, [w for w in g]) for k, g in itertools.groupby(sorted(["bb", "a", "cc", "d"], key=len), key=len)])
a, b = itertools.tee(range(3))
print(list(a), list(b), list(itertools.compress("abcd", [1, 0, 1, 0])))
print(list(itertools.combinations_with_replacement("ab", 2)))

print(reduce(lambda a, b: a * b, range(1, 6)), reduce(operator.add, [[1], [2, 3]], []), reduce(max, [3, 9, 2]))
print(list(map(int, "123")), list(map(lambda a, b: a + b, [1, 2], [10, 20])), list(filter(None, [0, 1, "", "a"])))
print(list(filter(lambda x: x % 2, range(8))), list(map(str.upper, ["a", "b"])), list(zip()), list(zip([1, 2])))
print(sorted([(2, "b"), (1, "z"), (2, "a")], key=operator.itemgetter(0)), operator.mul(6, 7))
print(max([3, -7, 5], key=abs), min("bca"), sum([1.5, 2], 10), sum(map(len, ["a", "bb"])))
print(max({"a": 1, "b": 3}.items(), key=lambda kv: kv[1]))
scores = {"ann": 3, "bob": 5, "cy": 1}
print(max(scores, key=scores.get), sorted(scores, key=scores.get, reverse=True))
print(sorted(scores.items(), key=lambda kv: kv[1]))
print(list(enumerate(["a", "b"], 1)), list(reversed(range(4))), all([]), any([]), any([0, 3]))
print(all(x < 5 for x in range(5)))

calls = []


@lru_cache(maxsize=None)
def fib(n):
    calls.append(n)
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(30), len(calls))
square = partial(pow, exp=2)
print(square(5), partial(int, base=2)("101"), partial(print, "prefix", sep=": ")("x"))
pairs = list(zip("abc", range(3)))
letters, numbers = zip(*pairs)
print(pairs, letters, numbers, dict(pairs), list(map(list, zip(*[[1, 2], [3, 4]]))))
print(list(iter([3, 4])), next(iter({"k": 1})), list(zip(range(3), itertools.count(10))), [*map(abs, (-1, 1))])
