# `itertools`: generators.


class count:
    def __init__(self, start=0, step=1):
        self._next, self._step = start, step

    def __iter__(self):
        return self

    def __next__(self):
        value = self._next
        self._next += self._step
        return value

    def __repr__(self):
        if self._step == 1:
            return "count(%r)" % (self._next,)
        return "count(%r, %r)" % (self._next, self._step)


def cycle(iterable):
    saved = []
    for item in iterable:
        yield item
        saved.append(item)
    while saved:
        yield from saved


def repeat(object, times=None):
    if times is None:
        while True:
            yield object
    for _ in range(times):
        yield object


def _chained(iterables):
    for iterable in iterables:
        for item in iterable:
            yield item


class chain:
    def __new__(cls, *iterables):
        return _chained(iterables)

    @staticmethod
    def from_iterable(iterables):
        return _chained(iterables)


def islice(iterable, *args):
    bounds = slice(*args)
    start, stop, step = bounds.start or 0, bounds.stop, 1 if bounds.step is None else bounds.step
    for number in (start, step, 0 if stop is None else stop):
        if not isinstance(number, int) or number < 0:
            raise ValueError("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
    return _sliced(iter(iterable), start, stop, step)


def _sliced(iterator, start, stop, step):
    i = 0
    wanted = start
    while stop is None or wanted < stop:
        for item in iterator:
            i += 1
            if i > wanted:
                break
        else:
            return
        yield item
        wanted += step
    while stop is not None and i < stop:
        for item in iterator:
            i += 1
            break
        else:
            return


def zip_longest(*iterables, fillvalue=None):
    iterators = [iter(iterable) for iterable in iterables]
    active = len(iterators)
    done = [False] * active
    while active:
        row = []
        for i, iterator in enumerate(iterators):
            item = fillvalue
            if not done[i]:
                try:
                    item = next(iterator)
                except StopIteration:
                    done[i] = True
                    active -= 1
                    if not active:
                        return
            row.append(item)
        yield tuple(row)


def product(*iterables, repeat=1):
    pools = [tuple(pool) for pool in iterables] * repeat
    if any(not pool for pool in pools):
        return
    places = [0] * len(pools)
    while True:
        yield tuple([pool[i] for pool, i in zip(pools, places)])
        k = len(pools) - 1
        while k >= 0:
            places[k] += 1
            if places[k] < len(pools[k]):
                break
            places[k] = 0
            k -= 1
        if k < 0:
            return


def permutations(iterable, r=None):
    pool = tuple(iterable)
    n = len(pool)
    r = n if r is None else r
    if r > n:
        return
    order = list(range(n))
    cycles = list(range(n, n - r, -1))
    yield tuple([pool[i] for i in order[:r]])
    while n:
        for i in range(r - 1, -1, -1):
            cycles[i] -= 1
            if cycles[i] == 0:
                order[i:] = order[i + 1:] + order[i:i + 1]
                cycles[i] = n - i
            else:
                j = cycles[i]
                order[i], order[-j] = order[-j], order[i]
                yield tuple([pool[k] for k in order[:r]])
                break
        else:
            return


def combinations(iterable, r):
    pool = tuple(iterable)
    n = len(pool)
    if r > n:
        return
    order = list(range(r))
    while True:
        yield tuple([pool[i] for i in order])
        i = r - 1
        while i >= 0 and order[i] == i + n - r:
            i -= 1
        if i < 0:
            return
        order[i] += 1
        for j in range(i + 1, r):
            order[j] = order[j - 1] + 1


def combinations_with_replacement(iterable, r):
    pool = tuple(iterable)
    n = len(pool)
    if not n and r:
        return
    order = [0] * r
    while True:
        yield tuple([pool[i] for i in order])
        i = r - 1
        while i >= 0 and order[i] == n - 1:
            i -= 1
        if i < 0:
            return
        order[i:] = [order[i] + 1] * (r - i)


def accumulate(iterable, func=None, *, initial=None):
    total, started = initial, initial is not None
    if started:
        yield total
    for item in iterable:
        if not started:
            total, started = item, True
        else:
            total = total + item if func is None else func(total, item)
        yield total


def takewhile(predicate, iterable):
    for item in iterable:
        if not predicate(item):
            return
        yield item


def dropwhile(predicate, iterable):
    dropping = True
    for item in iterable:
        if dropping and predicate(item):
            continue
        dropping = False
        yield item


def filterfalse(predicate, iterable):
    for item in iterable:
        if not (item if predicate is None else predicate(item)):
            yield item


def compress(data, selectors):
    for item, selected in zip(data, selectors):
        if selected:
            yield item


def starmap(function, iterable):
    for args in iterable:
        yield function(*args)


def pairwise(iterable):
    before, first = None, True
    for item in iterable:
        if not first:
            yield before, item
        before, first = item, False


def groupby(iterable, key=None):
    group, group_key, empty = [], None, True
    for item in iterable:
        item_key = item if key is None else key(item)
        if not empty and item_key == group_key:
            group.append(item)
            continue
        if not empty:
            yield group_key, iter(group)
        group, group_key, empty = [item], item_key, False
    if not empty:
        yield group_key, iter(group)


def tee(iterable, n=2):
    iterator = iter(iterable)
    seen = []

    def walk():
        i = 0
        while True:
            if i == len(seen):
                try:
                    seen.append(next(iterator))
                except StopIteration:
                    return
            yield seen[i]
            i += 1

    return tuple([walk() for _ in range(n)])
