# `torch.distributions`: those of reinforcement learning and of variational autoencoders, over the functions of `torch`.

import math
from functools import cached_property as _lazy

import torch
import torch.nn.functional as F


def _tensors(*values):
    # Numbers and tensors as tensors of one shape.
    known = [v for v in values if isinstance(v, torch.Tensor)]
    dtype = known[0].dtype if known else torch.get_default_dtype()
    made = [v if isinstance(v, torch.Tensor) else torch.tensor(v, dtype=dtype) for v in values]
    return torch.broadcast_tensors(*made)


def _one_of(probs, logits):
    if (probs is None) == (logits is None):
        raise ValueError("Either `probs` or `logits` must be specified, but not both.")


class _Constraint:
    # What values may be: `check` says of each whether it is.
    def __init__(self, text, check):
        self._text, self.check = text, check

    def __repr__(self):
        return self._text


_real = _Constraint("Real()", lambda v: v == v)
_real_vector = _Constraint("IndependentConstraint(Real(), 1)", lambda v: (v == v).all(-1))
_positive = _Constraint("GreaterThan(lower_bound=0.0)", lambda v: v > 0)
_nonnegative = _Constraint("GreaterThanEq(lower_bound=0.0)", lambda v: v >= 0)
_unit = _Constraint("Interval(lower_bound=0.0, upper_bound=1.0)", lambda v: (v >= 0) & (v <= 1))
_boolean = _Constraint("Boolean()", lambda v: (v == 0) | (v == 1))
_counts = _Constraint("IntegerGreaterThan(lower_bound=0)", lambda v: (v % 1 == 0) & (v >= 0))
_simplex = _Constraint("Simplex()", lambda v: (v >= 0).all(-1) & ((v.sum(-1) - 1).abs() < 1e-6))
_one_hot = _Constraint("OneHot()", lambda v: ((v == 0) | (v == 1)).all(-1) & (v.sum(-1) == 1))


def _interval(low, high):
    return _Constraint("Interval(lower_bound=%s, upper_bound=%s)" % (_short(low), _short(high)), lambda v: (v >= low) & (v <= high))


def _integers(low, high):
    return _Constraint("IntegerInterval(lower_bound=%s, upper_bound=%s)" % (_short(low), _short(high)), lambda v: (v % 1 == 0) & (v >= low) & (v <= high))


def _short(value):
    return "{}".format(value)


class Distribution:
    has_rsample = False
    arg_constraints = {}
    support = None

    def __init__(self, batch_shape=(), event_shape=(), validate_args=None):
        self._batch_shape, self._event_shape = torch.Size(batch_shape), torch.Size(event_shape)
        self._validate_args = validate_args is not False
        if not self._validate_args:
            return
        for name, constraint in self.arg_constraints.items():
            value = self.__dict__.get(name)
            if value is not None and not constraint.check(value).all():
                raise ValueError(
                    "Expected parameter {} ({} of shape {}) of distribution {!r} to satisfy the constraint {!r}, but found invalid values:\n{}".format(
                        name, type(value).__name__, tuple(value.shape), self, constraint, value
                    )
                )

    @property
    def batch_shape(self):
        return self._batch_shape

    @property
    def event_shape(self):
        return self._event_shape

    @property
    def stddev(self):
        return self.variance.sqrt()

    def sample(self, sample_shape=()):
        with torch.no_grad():
            return self.rsample(sample_shape)

    def rsample(self, sample_shape=()):
        raise NotImplementedError

    def perplexity(self):
        return torch.exp(self.entropy())

    def _extended_shape(self, sample_shape=()):
        return torch.Size(tuple(sample_shape) + tuple(self._batch_shape) + tuple(self._event_shape))

    def _validate_sample(self, value):
        if not self._validate_args:
            return
        if not isinstance(value, torch.Tensor):
            raise ValueError("The value argument to log_prob must be a Tensor")
        start = value.dim() - len(self._event_shape)
        if value.shape[max(start, 0):] != self._event_shape:
            raise ValueError("The right-most size of value must match event_shape: %s vs %s." % (value.shape, self._event_shape))
        expected = self._batch_shape + self._event_shape
        for i, j in zip(reversed(value.shape), reversed(expected)):
            if i != 1 and j != 1 and i != j:
                raise ValueError("Value is not broadcastable with batch_shape+event_shape: %s vs %s." % (value.shape, expected))
        support = self.support
        if support is not None and not support.check(value).all():
            raise ValueError(
                "Expected value argument ({} of shape {}) to be within the support ({!r}) of the distribution {!r}, but found invalid values:\n{}".format(
                    type(value).__name__, tuple(value.shape), support, self, value
                )
            )

    def expand(self, batch_shape, _instance=None):
        new = type(self).__new__(type(self))
        shape = torch.Size(batch_shape)
        for name, value in self.__dict__.items():
            if name in self.arg_constraints:
                value = value.expand(shape + value.shape[len(self._batch_shape):])
            setattr(new, name, value)
        new._batch_shape = shape
        return new

    def __repr__(self):
        known = [(name, self.__dict__[name]) for name in self.arg_constraints if name in self.__dict__]
        parts = ["{}: {}".format(name, value if value.numel() == 1 else value.size()) for name, value in known]
        return type(self).__name__ + "(" + ", ".join(parts) + ")"


class Normal(Distribution):
    has_rsample = True
    arg_constraints = {"loc": _real, "scale": _positive}
    support = _real

    def __init__(self, loc, scale, validate_args=None):
        self.loc, self.scale = _tensors(loc, scale)
        super().__init__(self.loc.shape, (), validate_args)

    @property
    def mean(self):
        return self.loc

    @property
    def mode(self):
        return self.loc

    @property
    def stddev(self):
        return self.scale

    @property
    def variance(self):
        return self.stddev.pow(2)

    def sample(self, sample_shape=()):
        shape = self._extended_shape(sample_shape)
        with torch.no_grad():
            return torch.normal(self.loc.expand(shape), self.scale.expand(shape))

    def rsample(self, sample_shape=()):
        return self.loc + _noise(self._extended_shape(sample_shape), self.loc) * self.scale

    def log_prob(self, value):
        self._validate_sample(value)
        return -((value - self.loc) ** 2) / (2 * self.scale ** 2) - self.scale.log() - math.log(math.sqrt(2 * math.pi))

    def cdf(self, value):
        self._validate_sample(value)
        return 0.5 * (1 + torch.erf((value - self.loc) * self.scale.reciprocal() / math.sqrt(2)))

    def entropy(self):
        return 0.5 + 0.5 * math.log(2 * math.pi) + torch.log(self.scale)


def _noise(shape, like):
    return torch.normal(torch.zeros(shape, dtype=like.dtype, device=like.device), 1.0)


class Uniform(Distribution):
    has_rsample = True
    arg_constraints = {"low": _real, "high": _real}

    def __init__(self, low, high, validate_args=None):
        self.low, self.high = _tensors(low, high)
        super().__init__(self.low.shape, (), validate_args)
        if self._validate_args and not torch.lt(self.low, self.high).all():
            raise ValueError("Uniform is not defined when low>= high")

    @property
    def support(self):
        return _interval(self.low, self.high)

    @property
    def mean(self):
        return (self.high + self.low) / 2

    @property
    def stddev(self):
        return (self.high - self.low) / math.sqrt(12)

    @property
    def variance(self):
        return (self.high - self.low).pow(2) / 12

    def rsample(self, sample_shape=()):
        drawn = torch.rand(self._extended_shape(sample_shape), dtype=self.low.dtype, device=self.low.device)
        return self.low + drawn * (self.high - self.low)

    def log_prob(self, value):
        self._validate_sample(value)
        inside = self.low.le(value).type_as(self.low) * self.high.gt(value).type_as(self.low)
        return torch.log(inside) - torch.log(self.high - self.low)

    def cdf(self, value):
        self._validate_sample(value)
        return ((value - self.low) / (self.high - self.low)).clamp(min=0, max=1)

    def entropy(self):
        return torch.log(self.high - self.low)


