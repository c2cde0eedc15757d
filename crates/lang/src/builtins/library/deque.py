# `collections.deque`: a list whose first items may be gone.


class deque:
    def __init__(self, iterable=(), maxlen=None):
        if maxlen is not None and maxlen < 0:
            raise ValueError("maxlen must be non-negative")
        self.maxlen = maxlen
        self._items = []
        self._first = 0
        self.extend(iterable)

    def _list(self):
        return self._items[self._first:]

    def append(self, x):
        self._items.append(x)
        if self.maxlen is not None and len(self) > self.maxlen:
            self.popleft()

    def appendleft(self, x):
        if self._first > 0:
            self._first -= 1
            self._items[self._first] = x
        else:
            room = len(self._items) + 8
            self._items = [None] * (room - 1) + [x] + self._items
            self._first = room - 1
        if self.maxlen is not None and len(self) > self.maxlen:
            self._items.pop()

    def pop(self):
        if not len(self):
            raise IndexError("pop from an empty deque")
        return self._items.pop()

    def popleft(self):
        if not len(self):
            raise IndexError("pop from an empty deque")
        x = self._items[self._first]
        self._items[self._first] = None
        self._first += 1
        if self._first > 32 and 2 * self._first > len(self._items):
            self._items = self._items[self._first:]
            self._first = 0
        return x

    def extend(self, iterable):
        for x in list(iterable):
            self.append(x)

    def extendleft(self, iterable):
        for x in list(iterable):
            self.appendleft(x)

    def clear(self):
        self._items = []
        self._first = 0

    def copy(self):
        return deque(self, self.maxlen)

    def count(self, x):
        return self._list().count(x)

    def index(self, x, start=0, stop=9223372036854775807):
        items = self._list()
        if x not in items:
            raise ValueError("%r is not in deque" % (x,))
        return items.index(x, start, stop)

    def insert(self, i, x):
        if self.maxlen is not None and len(self) >= self.maxlen:
            raise IndexError("deque already at its maximum size")
        items = self._list()
        items.insert(i, x)
        self._items, self._first = items, 0

    def remove(self, value):
        items = self._list()
        if value not in items:
            raise ValueError("deque.remove(x): x not in deque")
        items.remove(value)
        self._items, self._first = items, 0

    def reverse(self):
        self._items, self._first = self._list()[::-1], 0

    def rotate(self, n=1):
        items = self._list()
        if items:
            n %= len(items)
            self._items, self._first = items[len(items) - n:] + items[:len(items) - n], 0

    def _place(self, i):
        if not isinstance(i, int):
            raise TypeError("sequence index must be integer, not '%s'" % type(i).__name__)
        n = len(self)
        if not -n <= i < n:
            raise IndexError("deque index out of range")
        return self._first + (i + n if i < 0 else i)

    def __getitem__(self, i):
        return self._items[self._place(i)]

    def __setitem__(self, i, x):
        self._items[self._place(i)] = x

    def __delitem__(self, i):
        del self._items[self._place(i)]

    def __len__(self):
        return len(self._items) - self._first

    def __iter__(self):
        return iter(self._list())

    def __reversed__(self):
        return iter(self._list()[::-1])

    def __contains__(self, x):
        return x in self._list()

    def __eq__(self, other):
        if not isinstance(other, deque):
            return NotImplemented
        return self._list() == other._list()

    def __add__(self, other):
        if not isinstance(other, deque):
            raise TypeError('can only concatenate deque (not "%s") to deque' % type(other).__name__)
        return deque(self._list() + other._list(), self.maxlen)

    def __iadd__(self, other):
        self.extend(other)
        return self

    def __repr__(self):
        if self.maxlen is None:
            return "deque(%r)" % (self._list(),)
        return "deque(%r, maxlen=%d)" % (self._list(), self.maxlen)


