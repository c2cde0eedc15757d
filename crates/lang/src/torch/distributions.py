# `torch.distributions`: those of reinforcement learning and of variational autoencoders, over the functions of `torch`.

import math
import torch
from torch.nn.functional import binary_cross_entropy_with_logits


def _tensors(*values):
    # Numbers and tensors as tensors of one shape.
    known = [v for v in values if isinstance(v, torch.Tensor)]
    dtype = known[0].dtype if known else torch.get_default_dtype()
    made = [v if isinstance(v, torch.Tensor) else torch.tensor(v, dtype=dtype) for v in values]
    return torch.broadcast_tensors(*made)


def _one_of(probs, logits):
    if (probs is None) == (logits is None):
        raise ValueError("Either `probs` or `logits` must be specified, but not both.")


def _check(owner, name, value, right, wanted):
    if not right.all():
        raise ValueError(
            "Expected parameter %s (%s of shape %s) of distribution %r to satisfy the constraint %s, but found invalid values:\n%s"
            % (name, type(value).__name__, tuple(value.shape), owner, wanted, value)
        )


class Distribution:
    has_rsample = False

    def __init__(self, batch_shape=(), event_shape=()):
        self._batch_shape, self._event_shape = torch.Size(batch_shape), torch.Size(event_shape)

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

    def _described(self):
        return []

    def __repr__(self):
        parts = []
        for name in self._described():
            value = getattr(self, name)
            parts.append(name + ": " + (str(value) if value.numel() == 1 else str(value.size())))
        return type(self).__name__ + "(" + ", ".join(parts) + ")"


class Normal(Distribution):
    has_rsample = True

    def __init__(self, loc, scale, validate_args=None):
        self.loc, self.scale = _tensors(loc, scale)
        super().__init__(self.loc.shape)
        if validate_args is not False:
            _check(self, "loc", self.loc, self.loc == self.loc, "Real()")
            _check(self, "scale", self.scale, self.scale > 0, "GreaterThan(lower_bound=0.0)")

    def _described(self):
        return ["loc", "scale"]

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
        return self.scale ** 2

    def sample(self, sample_shape=()):
        shape = self._extended_shape(sample_shape)
        with torch.no_grad():
            return torch.normal(self.loc.expand(shape), self.scale.expand(shape))

    def rsample(self, sample_shape=()):
        noise = torch.normal(torch.zeros(self._extended_shape(sample_shape), dtype=self.loc.dtype, device=self.loc.device), 1.0)
        return self.loc + noise * self.scale

    def log_prob(self, value):
        return -((value - self.loc) ** 2) / (2 * self.variance) - self.scale.log() - math.log(math.sqrt(2 * math.pi))

    def cdf(self, value):
        return 0.5 * (1 + torch.erf((value - self.loc) * self.scale.reciprocal() / math.sqrt(2)))

    def entropy(self):
        return 0.5 + 0.5 * math.log(2 * math.pi) + torch.log(self.scale)


class Uniform(Distribution):
    has_rsample = True

    def __init__(self, low, high, validate_args=None):
        self.low, self.high = _tensors(low, high)
        super().__init__(self.low.shape)
        if validate_args is not False and not (self.low < self.high).all():
            raise ValueError("Uniform is not defined when low>= high")

    def _described(self):
        return ["low", "high"]

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
        inside = self.low.le(value).type_as(self.low) * self.high.gt(value).type_as(self.low)
        return torch.log(inside) - torch.log(self.high - self.low)

    def entropy(self):
        return torch.log(self.high - self.low)


class Bernoulli(Distribution):
    def __init__(self, probs=None, logits=None, validate_args=None):
        _one_of(probs, logits)
        self._from_probs = probs is not None
        if self._from_probs:
            (self.probs,) = _tensors(probs)
            self.logits = _logits(self.probs, True)
        else:
            (self.logits,) = _tensors(logits)
            self.probs = torch.sigmoid(self.logits)
        super().__init__(self.probs.shape)
        if validate_args is not False and self._from_probs:
            _check(self, "probs", self.probs, (self.probs >= 0) & (self.probs <= 1), "Interval(lower_bound=0.0, upper_bound=1.0)")

    def _described(self):
        return ["probs" if self._from_probs else "logits"]

    @property
    def mean(self):
        return self.probs

    @property
    def variance(self):
        return self.probs * (1 - self.probs)

    def sample(self, sample_shape=()):
        with torch.no_grad():
            return torch.bernoulli(self.probs.expand(self._extended_shape(sample_shape)))

    def log_prob(self, value):
        logits, value = _tensors(self.logits, value)
        return -binary_cross_entropy_with_logits(logits, value, reduction="none")

    def entropy(self):
        return binary_cross_entropy_with_logits(self.logits, self.probs, reduction="none")


def _logits(probs, binary=False):
    eps = torch.finfo(probs.dtype).eps
    kept = probs.clamp(min=eps, max=1 - eps)
    return torch.log(kept) - torch.log1p(-kept) if binary else torch.log(kept)


class Categorical(Distribution):
    def __init__(self, probs=None, logits=None, validate_args=None):
        _one_of(probs, logits)
        self._from_probs = probs is not None
        given = probs if self._from_probs else logits
        if given.dim() < 1:
            raise ValueError("`%s` parameter must be at least one-dimensional." % ("probs" if self._from_probs else "logits"))
        super().__init__(given.shape[:-1])
        if self._from_probs:
            self.probs = probs / probs.sum(-1, keepdim=True)
            self.logits = _logits(self.probs)
        else:
            self.logits = logits - logits.logsumexp(-1, keepdim=True)
            self.probs = torch.softmax(self.logits, -1)
        self._num_events = given.shape[-1]
        if validate_args is not False:
            name = "probs" if self._from_probs else "logits"
            normed = getattr(self, name)
            if self._from_probs:
                _check(self, name, normed, (normed >= 0).all(-1) & ((normed.sum(-1) - 1).abs() < 1e-6), "Simplex()")
            else:
                _check(self, name, normed, normed == normed, "IndependentConstraint(Real(), 1)")

    def _described(self):
        return ["probs" if self._from_probs else "logits"]

    @property
    def mode(self):
        return self.probs.argmax(-1)

    def sample(self, sample_shape=()):
        shape = self._extended_shape(sample_shape)
        count = torch.Size(sample_shape).numel()
        with torch.no_grad():
            return torch.multinomial(self.probs.reshape(-1, self._num_events), count, True).t().reshape(shape)

    def log_prob(self, value):
        value = value.long().unsqueeze(-1)
        value, table = torch.broadcast_tensors(value, self.logits)
        return table.gather(-1, value[..., :1]).squeeze(-1)

    def entropy(self):
        least = torch.finfo(self.logits.dtype).min
        return -(torch.clamp(self.logits, min=least) * self.probs).sum(-1)


def kl_divergence(p, q):
    if isinstance(p, Normal) and isinstance(q, Normal):
        ratio = (p.scale / q.scale).pow(2)
        apart = ((p.loc - q.loc) / q.scale).pow(2)
        return 0.5 * (ratio + apart - 1 - ratio.log())
    if isinstance(p, Categorical) and isinstance(q, Categorical):
        return (p.probs * (p.logits - q.logits)).sum(-1)
    raise NotImplementedError("No KL(p || q) is implemented for p type %s and q type %s" % (type(p).__name__, type(q).__name__))
