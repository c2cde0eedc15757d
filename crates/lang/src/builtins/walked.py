# What walks objects, compares and calls with functions of the program.


def _len(function, value):
    length = function(value)
    if not isinstance(length, int):
        raise TypeError("'%s' object cannot be interpreted as an integer" % type(length).__name__)
    if length < 0:
        raise ValueError("__len__() should return >= 0")
    return length


def _truth(value):
    return True if value else False


def _all(items):
    for item in items:
        if not item:
            return False
    return True


def _any(items):
    for item in items:
        if item:
            return True
    return False


def _sum(items, total):
    for item in items:
        total = total + item
    return total


def _extreme(name, items, key, has_default, default):
    best, best_key, found = None, None, False
    for item in items:
        item_key = item if key is None else key(item)
        if not found:
            best, best_key, found = item, item_key, True
        elif (item_key < best_key) if name == "min" else (item_key > best_key):
            best, best_key = item, item_key
    if found:
        return best
    if has_default:
        return default
    raise ValueError(name + "() arg is an empty sequence")


def _sort_with_key(items, key, reverse):
    return _sorted_by(items, [key(item) for item in items], reverse)


def _sort_list(items, key, reverse):
    _replace_items(items, sorted(list(items), key=key, reverse=reverse))


def _merge_sort(items, keys, reverse):
    # Stable, as sorting always is: in reverse, equal items keep their order too.
    order = list(range(len(items)))
    if reverse:
        order.reverse()
    width = 1
    while width < len(order):
        merged = []
        for start in range(0, len(order), 2 * width):
            left, right = order[start:start + width], order[start + width:start + 2 * width]
            i, j = 0, 0
            while i < len(left) and j < len(right):
                if keys[right[j]] < keys[left[i]]:
                    merged.append(right[j])
                    j += 1
                else:
                    merged.append(left[i])
                    i += 1
            merged.extend(left[i:])
            merged.extend(right[j:])
        order = merged
        width *= 2
    if reverse:
        order.reverse()
    return [items[i] for i in order]


def _reversed(sequence):
    for i in range(len(sequence) - 1, -1, -1):
        yield sequence[i]


def _enumerate(items, start):
    for item in items:
        yield start, item
        start += 1


def _zip(iterables, strict):
    iterators = [iter(iterable) for iterable in iterables]
    while iterators:
        row = []
        for i, iterator in enumerate(iterators):
            try:
                row.append(next(iterator))
            except StopIteration:
                if strict and i > 0:
                    raise ValueError("zip() argument %d is shorter than argument %d" % (i + 1, i))
                if strict:
                    for k, other in enumerate(iterators):
                        if k > 0 and next(other, _zip) is not _zip:
                            raise ValueError("zip() argument %d is longer than argument 1" % (k + 1))
                return
        yield tuple(row)


def _map(function, iterables):
    if len(iterables) == 1:
        for item in iterables[0]:
            yield function(item)
    else:
        for items in zip(*iterables):
            yield function(*items)


def map(function, *iterables):
    if not iterables:
        raise TypeError("map() must have at least two arguments.")
    return _map(function, [iter(iterable) for iterable in iterables])


def _filter(function, items):
    for item in items:
        if item if function is None else function(item):
            yield item


def filter(function, iterable, /):
    return _filter(function, iter(iterable))


def _iter_until(function, sentinel):
    while True:
        item = function()
        if item == sentinel:
            return
        yield item


def _divmod(a, b):
    return a // b, a % b


def _getattr_or(value, name, default):
    try:
        return getattr(value, name)
    except AttributeError:
        return default


def _hasattr(value, name):
    try:
        getattr(value, name)
    except AttributeError:
        return False
    return True


def _silently(function, args):
    function(*args)


def _list_remove(items, value):
    for i, item in enumerate(list(items)):
        if item is value or item == value:
            del items[i]
            return
    raise ValueError("list.remove(x): x not in list")


def _list_index(items, value):
    for i, item in enumerate(items):
        if item is value or item == value:
            return i
    raise ValueError("%r is not in list" % (value,))


def _list_count(items, value):
    count = 0
    for item in items:
        if item is value or item == value:
            count += 1
    return count


def _extend_list(items, new):
    items.extend(new)
    return items


def _with_lists(function, args):
    return function(args[0], *[[item for item in arg] for arg in args[1:]])


def _entries(source):
    if hasattr(source, "keys"):
        return {key: source[key] for key in source.keys()}
    return [tuple(entry) for entry in source]


def _dict_of(receiver, source, names):
    return dict(_entries(source), **names)


def _dict_update(target, source, names):
    target.update(_entries(source), **names)


def _throw(generator, kind, args):
    return generator.throw(kind(*args))


def _close(generator):
    try:
        generator.throw(GeneratorExit())
    except (GeneratorExit, StopIteration):
        return
    raise RuntimeError("generator ignored GeneratorExit")


def _decode(source, encoding):
    return source.decode(encoding)


def input(prompt=""):
    raise EOFError("EOF when reading a line: there is no keyboard input here; write the value into the program")


def exit(code=None):
    raise SystemExit(code)


quit = exit


