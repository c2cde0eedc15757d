# numpy.random: distributions of the legacy generator. What draws a number is native.
import numpy as np


def _varies(*parameters):
    for p in parameters:
        if np.ndim(p):
            return True
    return False


def _shape(size, *parameters):
    # The shape of numbers whose parameters are arrays.
    if size is not None:
        return size
    total = 0.0
    for p in parameters:
        total = total + np.zeros(np.shape(p))
    return np.shape(total)


class RandomState:
    def __init__(self, seed=None):
        self._stream = _Stream(5489 if seed is None else seed)

    def __repr__(self):
        return "RandomState(MT19937)"

    def seed(self, seed=None):
        _seed(self._stream, 5489 if seed is None else seed)

    def get_state(self):
        return _state(self._stream)

    def set_state(self, state):
        _set_state(self._stream, state)

    def random_sample(self, size=None):
        return _doubles(self._stream, size)

    def random(self, size=None):
        return _doubles(self._stream, size)

    def rand(self, *shape):
        return _doubles(self._stream, shape if shape else None)

    def randn(self, *shape):
        return _normals(self._stream, shape if shape else None)

    def standard_normal(self, size=None):
        return _normals(self._stream, size)

    def normal(self, loc=0.0, scale=1.0, size=None):
        if _varies(loc, scale):
            return np.asarray(loc) + np.asarray(scale) * _normals(self._stream, _shape(size, loc, scale))
        if scale < 0:
            raise ValueError("scale < 0")
        return loc + scale * _normals(self._stream, size)

    def lognormal(self, mean=0.0, sigma=1.0, size=None):
        drawn = np.exp(self.normal(mean, sigma, size))
        return float(drawn) if np.ndim(drawn) == 0 else drawn

    def uniform(self, low=0.0, high=1.0, size=None):
        if _varies(low, high):
            low, high = np.asarray(low), np.asarray(high)
            return low + (high - low) * _doubles(self._stream, _shape(size, low, high))
        return low + (high - low) * _doubles(self._stream, size)

    def randint(self, low, high=None, size=None, dtype=int):
        if high is None:
            low, high = 0, low
        if _varies(low, high):
            shape = _shape(size, low, high)
            lows, highs = np.broadcast_to(low, shape).ravel(), np.broadcast_to(high, shape).ravel()
            drawn = [_integers(self._stream, None, int(a), int(b)) for a, b in zip(lows, highs)]
            return np.array(drawn).reshape(shape)
        drawn = _integers(self._stream, size, int(low), int(high))
        return drawn if size is None or dtype is int else drawn.astype(dtype)

    def random_integers(self, low, high=None, size=None):
        if high is None:
            low, high = 1, low
        return self.randint(low, high + 1, size)

    def exponential(self, scale=1.0, size=None):
        return scale * _exponentials(self._stream, _shape(size, scale) if _varies(scale) else size)

    def standard_exponential(self, size=None):
        return _exponentials(self._stream, size)

    def gamma(self, shape, scale=1.0, size=None):
        return scale * _gammas(self._stream, size, shape)

    def standard_gamma(self, shape, size=None):
        return _gammas(self._stream, size, shape)

    def chisquare(self, df, size=None):
        return 2.0 * _gammas(self._stream, size, df / 2.0)

    def beta(self, a, b, size=None):
        return _betas(self._stream, size, a, b)

    def binomial(self, n, p, size=None):
        if _varies(n, p):
            shape = _shape(size, n, p)
            ns, ps = np.broadcast_to(n, shape).ravel(), np.broadcast_to(p, shape).ravel()
            drawn = [_binomials(self._stream, None, int(a), float(b)) for a, b in zip(ns, ps)]
            return np.array(drawn).reshape(shape)
        return _binomials(self._stream, size, n, p)

    def poisson(self, lam=1.0, size=None):
        if _varies(lam):
            shape = _shape(size, lam)
            lams = np.broadcast_to(lam, shape).ravel()
            return np.array([_poissons(self._stream, None, float(x)) for x in lams]).reshape(shape)
        return _poissons(self._stream, size, lam)

    def dirichlet(self, alpha, size=None):
        n = 1 if size is None else int(np.prod(size))
        drawn = []
        for _ in range(n):
            parts = np.array([_gammas(self._stream, None, float(a)) for a in alpha])
            drawn.append(parts / parts.sum())
        if size is None:
            return drawn[0]
        return np.array(drawn).reshape(((size,) if isinstance(size, int) else tuple(size)) + (len(alpha),))

    def multivariate_normal(self, mean, cov, size=None):
        mean = np.asarray(mean)
        shape = () if size is None else ((size,) if isinstance(size, int) else tuple(size))
        drawn = _normals(self._stream, shape + (len(mean),))
        values, vectors = np.linalg.eigh(cov)
        order = np.argsort(-values, kind="stable")
        values, vectors = values[order], vectors[:, order]
        return mean + np.dot(drawn, np.sqrt(np.clip(values, 0, None))[:, None] * vectors.T)

    def multinomial(self, n, pvals, size=None):
        rows = []
        for _ in range(1 if size is None else int(np.prod(size))):
            left, rest, counts = n, 1.0, []
            for p in pvals[:-1]:
                drawn = _binomials(self._stream, None, left, min(1.0, p / rest)) if left > 0 else 0
                counts.append(drawn)
                left, rest = left - drawn, rest - p
            rows.append(counts + [left])
        return np.array(rows[0]) if size is None else np.array(rows).reshape((size if isinstance(size, tuple) else (size,)) + (len(pvals),))

    def shuffle(self, x):
        order = _order(self._stream, len(x))
        if isinstance(x, np.ndarray):
            x[...] = x[order]
        else:
            x[:] = [x[i] for i in order]

    def permutation(self, x):
        if isinstance(x, (int, np.integer)):
            return _order(self._stream, x)
        x = np.asarray(x)
        return x[_order(self._stream, len(x))]

    def choice(self, a, size=None, replace=True, p=None):
        if isinstance(a, (int, np.integer)):
            values, n = None, int(a)
            if n <= 0:
                raise ValueError("a must be greater than 0 unless no samples are taken")
        else:
            values = np.asarray(a) if not isinstance(a, (list, tuple)) or _numeric(a) else a
            n = len(values)
            if n == 0:
                raise ValueError("'a' cannot be empty unless no samples are taken")
        if p is not None:
            single = getattr(p, "dtype", None) == np.float32
            p = np.asarray(p, dtype=np.float64)
            if len(p) != n:
                raise ValueError("'a' and 'p' must have same size")
            if np.any(p < 0):
                raise ValueError("probabilities are not non-negative")
            if abs(p.sum() - 1.0) > (3.5e-4 if single else 1.5e-8):
                raise ValueError("probabilities do not sum to 1")
        places = self._places(n, size, replace, p)
        if values is None:
            return places
        if isinstance(values, (list, tuple)):
            if size is None:
                return values[int(places)]
            found = [values[i] for i in np.ravel(places)]
            return np.array(found) if all(isinstance(value, str) for value in found) else found
        return values[places]

    def _places(self, n, size, replace, p):
        if replace and p is None:
            return _integers(self._stream, size, 0, n)
        if replace:
            found = np.searchsorted(_shares(p), _doubles(self._stream, size), "right")
            return int(found) if size is None else found
        shape = () if size is None else ((size,) if isinstance(size, (int, np.integer)) else tuple(size))
        wanted = 1
        for d in shape:
            wanted *= d
        if wanted > n:
            raise ValueError("Cannot take a larger sample than population when 'replace=False'")
        if p is None:
            found = _order(self._stream, n)[:wanted]
        else:
            if np.count_nonzero(p > 0) < wanted:
                raise ValueError("Fewer non-zero entries in p than size")
            found, p = np.zeros(0, dtype=int), p.copy()
            while len(found) < wanted:
                drawn = _doubles(self._stream, (wanted - len(found),))
                p[found] = 0
                new = np.searchsorted(_shares(p), drawn, "right")
                _, first = np.unique(new, return_index=True)
                found = np.concatenate([found, new[np.sort(first)]])
        return int(found[0]) if size is None else found.reshape(shape)


def _numeric(items):
    for item in items:
        if isinstance(item, str) or item is None:
            return False
    return True


def _shares(p):
    cdf = np.cumsum(p)
    return cdf / cdf[-1]


mtrand = _global = RandomState()
seed = _global.seed
get_state = _global.get_state
set_state = _global.set_state
random_sample = _global.random_sample
ranf = sample = random = _global.random
rand = _global.rand
randn = _global.randn
standard_normal = _global.standard_normal
normal = _global.normal
lognormal = _global.lognormal
uniform = _global.uniform
randint = _global.randint
random_integers = _global.random_integers
exponential = _global.exponential
standard_exponential = _global.standard_exponential
gamma = _global.gamma
standard_gamma = _global.standard_gamma
chisquare = _global.chisquare
beta = _global.beta
binomial = _global.binomial
poisson = _global.poisson
dirichlet = _global.dirichlet
multivariate_normal = _global.multivariate_normal
multinomial = _global.multinomial
shuffle = _global.shuffle
permutation = _global.permutation
choice = _global.choice
