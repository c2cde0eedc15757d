

# numpy: arrays of texts, in one dimension.
def _are_texts(a):
    return isinstance(a, _Texts) or (isinstance(a, (list, tuple)) and len(a) > 0 and isinstance(a[0], str))


class _TextType:
    kind, name = "U", "str"

    def __init__(self, width):
        self._text = f"<U{width}"

    def __repr__(self):
        return f"dtype('{self._text}')"

    def __str__(self):
        return self._text

    def __eq__(self, other):
        return str(other) == self._text or other is str


class _Texts:
    def __init__(self, items):
        self._items = [str(item) for item in items]
        self.shape, self.ndim, self.size = (len(self._items),), 1, len(self._items)
        self.dtype = _TextType(_max([len(item) for item in self._items] + [1]))

    def __len__(self):
        return self.size

    def __iter__(self):
        return iter(self._items)

    def __getitem__(self, key):
        if isinstance(key, (int, integer)):
            if not -self.size <= key < self.size:
                raise IndexError(f"index {key} is out of bounds for axis 0 with size {self.size}")
            return self._items[key]
        if isinstance(key, slice):
            return _Texts(self._items[key])
        return _Texts([self._items[i] for i in arange(self.size)[key]])

    def __setitem__(self, key, value):
        self._items[key] = str(value)

    def __eq__(self, other):
        others = [other] * self.size if isinstance(other, str) else list(other)
        return _asarray([a == b for a, b in zip(self._items, others)], bool)

    def __ne__(self, other):
        return ~(self == other)

    def __contains__(self, item):
        return item in self._items

    def __repr__(self):
        return f"array({self._items}, dtype='{self.dtype}')"

    def __str__(self):
        return "[" + " ".join([repr(item) for item in self._items]) + "]"

    def tolist(self):
        return list(self._items)

    def copy(self):
        return _Texts(self._items)

    def astype(self, dtype):
        return self if dtype is str else _asarray([float(item) for item in self._items]).astype(dtype)
