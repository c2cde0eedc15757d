# `heapq`: lists in which no item is smaller than that at half its place.


def _up(heap, first, i):
    item = heap[i]
    while i > first:
        parent = (i - 1) >> 1
        if not item < heap[parent]:
            break
        heap[i] = heap[parent]
        i = parent
    heap[i] = item


def _down(heap, i):
    # To the bottom along the smaller children, and from there up again: items from the end mostly belong there.
    end, first = len(heap), i
    item = heap[i]
    child = 2 * i + 1
    while child < end:
        right = child + 1
        if right < end and not heap[child] < heap[right]:
            child = right
        heap[i] = heap[child]
        i = child
        child = 2 * i + 1
    heap[i] = item
    _up(heap, first, i)


def heappush(heap, item):
    heap.append(item)
    _up(heap, 0, len(heap) - 1)


def heappop(heap):
    last = heap.pop()
    if heap:
        smallest, heap[0] = heap[0], last
        _down(heap, 0)
        return smallest
    return last


def heapify(x):
    for i in range(len(x) // 2 - 1, -1, -1):
        _down(x, i)


def heapreplace(heap, item):
    smallest, heap[0] = heap[0], item
    _down(heap, 0)
    return smallest


def heappushpop(heap, item):
    if heap and heap[0] < item:
        return heapreplace(heap, item)
    return item


def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:n]


def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:n]


def merge(*iterables, key=None, reverse=False):
    items = []
    for iterable in iterables:
        items.extend(iterable)
    return iter(sorted(items, key=key, reverse=reverse))
