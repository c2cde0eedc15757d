

class Generator(RandomState):
    # What `default_rng` gives. Where it draws otherwise than the old generator, it has methods of its own.
    def __init__(self, bit_generator):
        self._stream = bit_generator

    def __repr__(self):
        return "Generator(PCG64)"

    @property
    def bit_generator(self):
        return self._stream

    def random(self, size=None, dtype=None, out=None):
        if dtype is np.float32:
            drawn = _floats(self._stream, size)
            return np.float32(drawn) if size is None else drawn.astype(np.float32)
        return _doubles(self._stream, size)

    def integers(self, low, high=None, size=None, dtype=int, endpoint=False):
        if high is None:
            low, high = 0, low
        return self.randint(low, high + 1 if endpoint else high, size, dtype)

    def _places(self, n, size, replace, p):
        if replace or p is not None:
            return RandomState._places(self, n, size, replace, p)
        shape = () if size is None else ((size,) if isinstance(size, (int, np.integer)) else tuple(size))
        wanted = 1
        for d in shape:
            wanted *= d
        if wanted > n:
            raise ValueError("Cannot take a larger sample than population when replace is False")
        if n > 10000 and wanted > n // 50:
            # The last places of a list that is shuffled from behind.
            found = list(range(n))
            for i in range(n - 1, max(n - wanted, 1) - 1, -1):
                j = _integers(self._stream, None, 0, i + 1)
                found[i], found[j] = found[j], found[i]
            found = found[n - wanted:]
        else:
            # Floyd's method, and then a shuffle.
            found, seen = [], set()
            for j in range(n - wanted, n):
                value = _integers(self._stream, None, 0, j + 1)
                value = j if value in seen else value
                seen.add(value)
                found.append(value)
            for i in range(wanted - 1, 0, -1):
                j = _integers(self._stream, None, 0, i + 1)
                found[i], found[j] = found[j], found[i]
        return found[0] if size is None else np.array(found, dtype=int).reshape(shape)

    def permuted(self, x, axis=None):
        if axis is not None:
            raise NotImplementedError("permuted along an axis is not part of Seegrad")
        x = np.asarray(x)
        return x.ravel()[_order(self._stream, x.size)].reshape(x.shape)


def default_rng(seed=None):
    if isinstance(seed, Generator):
        return seed
    if seed is None:
        seed = 5489
    words = []
    for part in [seed] if isinstance(seed, (int, np.integer)) else seed:
        if part < 0:
            raise ValueError("expected non-negative integer")
        part = int(part)
        words.append(part & 0xFFFFFFFF)
        while part > 0xFFFFFFFF:
            part >>= 32
            words.append(part & 0xFFFFFFFF)
    return Generator(_pcg(words))
