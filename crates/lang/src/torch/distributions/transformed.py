

# Mixtures, and what distributions become by a function.


class MixtureSameFamily(Distribution):
    def __init__(self, mixture_distribution, component_distribution, validate_args=None):
        self.mixture_distribution, self.component_distribution = mixture_distribution, component_distribution
        component = component_distribution
        if not isinstance(mixture_distribution, Categorical):
            raise ValueError("The Mixture distribution needs to be an  instance of torch.distributions.Categorical")
        counts = mixture_distribution.logits.size(-1), component.batch_shape[-1]
        if counts[0] != counts[1]:
            raise ValueError("`mixture_distribution component` (%d) does not equal `component_distribution.batch_shape[-1]` (%d)" % counts)
        super().__init__(component.batch_shape[:-1], component.event_shape, validate_args)
        self._apart = -1 - len(component.event_shape)

    @property
    def support(self):
        return self.component_distribution.support

    def _weighted(self, values):
        probs = self.mixture_distribution.probs
        return (probs.reshape(probs.shape + (1,) * len(self._event_shape)) * values).sum(self._apart)

    @property
    def mean(self):
        return self._weighted(self.component_distribution.mean)

    @property
    def variance(self):
        component = self.component_distribution
        return self._weighted(component.variance + (component.mean - self.mean.unsqueeze(self._apart)).pow(2))

    def log_prob(self, value):
        self._validate_sample(value)
        inside = self.component_distribution.log_prob(value.unsqueeze(self._apart))
        return torch.logsumexp(inside + F.log_softmax(self.mixture_distribution.logits, -1), -1)

    def sample(self, sample_shape=()):
        with torch.no_grad():
            chosen = self.mixture_distribution.sample(sample_shape)
            drawn = self.component_distribution.sample(sample_shape)
            chosen = chosen.reshape(chosen.shape + (1,) * -self._apart).expand(chosen.shape + (1,) + self._event_shape)
            return drawn.gather(drawn.dim() + self._apart, chosen).squeeze(self._apart)

    def __repr__(self):
        return "MixtureSameFamily(\n  %r,\n  %r)" % (self.mixture_distribution, self.component_distribution)


class Transform:
    # From a number to another, and back. `sign` tells whether it rises.
    bijective = True
    sign = 1
    codomain = None

    def __init__(self, cache_size=0):
        self._keeps = cache_size > 0
        self._last = None

    def __call__(self, x):
        y = self._call(x)
        if self._keeps:
            self._last = x, y
        return y

    def _back(self, y):
        if self._last is not None and self._last[1] is y:
            return self._last[0]
        return self._inverse(y)

    @property
    def inv(self):
        return _InverseTransform(self)

    def __repr__(self):
        return type(self).__name__ + "()"


class _InverseTransform(Transform):
    def __init__(self, transform):
        super().__init__()
        self._inv, self.sign = transform, transform.sign
        self._call, self._inverse = transform._back, transform

    @property
    def inv(self):
        return self._inv

    def log_abs_det_jacobian(self, x, y):
        return -self._inv.log_abs_det_jacobian(y, x)

    def __repr__(self):
        return "_InverseTransform(%r)" % self._inv


class ExpTransform(Transform):
    codomain = _positive

    def _call(self, x):
        return x.exp()

    def _inverse(self, y):
        return y.log()

    def log_abs_det_jacobian(self, x, y):
        return x


class SigmoidTransform(Transform):
    codomain = _unit

    def _call(self, x):
        eps = torch.finfo(x.dtype)
        return torch.sigmoid(x).clamp(min=eps.tiny, max=1.0 - eps.eps)

    def _inverse(self, y):
        eps = torch.finfo(y.dtype)
        y = y.clamp(min=eps.tiny, max=1.0 - eps.eps)
        return y.log() - (-y).log1p()

    def log_abs_det_jacobian(self, x, y):
        return -F.softplus(-x) - F.softplus(x)


class TanhTransform(Transform):
    codomain = _Constraint("Interval(lower_bound=-1.0, upper_bound=1.0)", lambda v: (v >= -1) & (v <= 1))

    def _call(self, x):
        return x.tanh()

    def _inverse(self, y):
        return torch.atanh(y)

    def log_abs_det_jacobian(self, x, y):
        return 2.0 * (math.log(2.0) - x - F.softplus(-2.0 * x))


class AffineTransform(Transform):
    def __init__(self, loc, scale, event_dim=0, cache_size=0):
        super().__init__(cache_size)
        self.loc, self.scale, self.event_dim = loc, scale, event_dim

    @property
    def sign(self):
        return self.scale.sign() if isinstance(self.scale, torch.Tensor) else (self.scale > 0) - (self.scale < 0)

    def _call(self, x):
        return self.loc + self.scale * x

    def _inverse(self, y):
        return (y - self.loc) / self.scale

    def log_abs_det_jacobian(self, x, y):
        scale = self.scale if isinstance(self.scale, torch.Tensor) else torch.full_like(x, self.scale)
        out = scale.abs().log().expand(x.shape)
        return out.sum(list(range(-self.event_dim, 0))) if self.event_dim else out


class TransformedDistribution(Distribution):
    def __init__(self, base_distribution, transforms, validate_args=None):
        self.base_dist = base_distribution
        self.transforms = [transforms] if isinstance(transforms, Transform) else list(transforms)
        shape = base_distribution.batch_shape + base_distribution.event_shape
        events = len(base_distribution.event_shape)
        for transform in self.transforms:
            if isinstance(transform, AffineTransform):
                sizes = [v.shape for v in (transform.loc, transform.scale) if isinstance(v, torch.Tensor)]
                shape = torch.broadcast_shapes(shape, *sizes)
                events = max(events, transform.event_dim)
        split = len(shape) - events
        if shape[:split] != base_distribution.batch_shape and events == len(base_distribution.event_shape):
            self.base_dist = base_distribution.expand(shape[:split])
        super().__init__(shape[:split], shape[split:], validate_args)
        self.has_rsample = base_distribution.has_rsample

    @property
    def support(self):
        return self.transforms[-1].codomain if self.transforms else self.base_dist.support

    def _through(self, x):
        for transform in self.transforms:
            x = transform(x)
        return x

    def sample(self, sample_shape=()):
        with torch.no_grad():
            return self._through(self.base_dist.sample(sample_shape))

    def rsample(self, sample_shape=()):
        return self._through(self.base_dist.rsample(sample_shape))

    def log_prob(self, value):
        self._validate_sample(value)
        events = len(self._event_shape)
        y, out = value, 0.0
        for transform in reversed(self.transforms):
            x = transform._back(y)
            out = out - _last_summed(transform.log_abs_det_jacobian(x, y), events - getattr(transform, "event_dim", 0))
            y = x
        return out + _last_summed(self.base_dist.log_prob(y), events - len(self.base_dist.event_shape))

    def cdf(self, value):
        sign = 1
        for transform in reversed(self.transforms):
            sign = sign * transform.sign
            value = transform._back(value)
        out = self.base_dist.cdf(value)
        return sign * (out - 0.5) + 0.5 if isinstance(sign, torch.Tensor) or sign < 0 else out


def _last_summed(value, count):
    return value.sum(list(range(-count, 0))) if count > 0 else value


class LogNormal(TransformedDistribution):
    arg_constraints = {"loc": _real, "scale": _positive}

    def __init__(self, loc, scale, validate_args=None):
        super().__init__(Normal(loc, scale, validate_args), ExpTransform(), validate_args)

    @property
    def loc(self):
        return self.base_dist.loc

    @property
    def scale(self):
        return self.base_dist.scale

    @property
    def mean(self):
        return (self.loc + self.scale.pow(2) / 2).exp()

    @property
    def mode(self):
        return (self.loc - self.scale.square()).exp()

    @property
    def variance(self):
        return (self.scale.pow(2).exp() - 1) * (2 * self.loc + self.scale.pow(2)).exp()

    def entropy(self):
        return self.base_dist.entropy() + self.loc


import torch.distributions.transforms
