# Distributions of whole numbers.


def _logits(probs, binary=False):
    eps = torch.finfo(probs.dtype).eps
    kept = probs.clamp(min=eps, max=1 - eps)
    return torch.log(kept) - torch.log1p(-kept) if binary else torch.log(kept)


class Bernoulli(Distribution):
    arg_constraints = {"probs": _unit, "logits": _real}
    support = _boolean

    def __init__(self, probs=None, logits=None, validate_args=None):
        _one_of(probs, logits)
        if probs is not None:
            (self.probs,) = _tensors(probs)
        else:
            (self.logits,) = _tensors(logits)
        self._param = self.probs if probs is not None else self.logits
        super().__init__(self._param.shape, (), validate_args)

    @_lazy
    def logits(self):
        return _logits(self.probs, True)

    @_lazy
    def probs(self):
        return torch.sigmoid(self.logits)

    @property
    def param_shape(self):
        return self._param.size()

    @property
    def mean(self):
        return self.probs

    @property
    def mode(self):
        mode = (self.probs >= 0.5).to(self.probs)
        mode[self.probs == 0.5] = float("nan")
        return mode

    @property
    def variance(self):
        return self.probs * (1 - self.probs)

    def sample(self, sample_shape=()):
        with torch.no_grad():
            return torch.bernoulli(self.probs.expand(self._extended_shape(sample_shape)))

    def log_prob(self, value):
        self._validate_sample(value)
        logits, value = _tensors(self.logits, value)
        return -F.binary_cross_entropy_with_logits(logits, value, reduction="none")

    def entropy(self):
        return F.binary_cross_entropy_with_logits(self.logits, self.probs, reduction="none")

    def enumerate_support(self, expand=True):
        return _all_values(2, self, expand).to(self._param.dtype)


def _all_values(count, distribution, expand):
    shape = distribution._batch_shape
    values = torch.arange(count).view((-1,) + (1,) * len(shape))
    return values.expand((-1,) + tuple(shape)) if expand else values


class Categorical(Distribution):
    arg_constraints = {"probs": _simplex, "logits": _real_vector}

    def __init__(self, probs=None, logits=None, validate_args=None):
        _one_of(probs, logits)
        given = probs if probs is not None else logits
        if given.dim() < 1:
            raise ValueError("`%s` parameter must be at least one-dimensional." % ("probs" if probs is not None else "logits"))
        if probs is not None:
            self.probs = probs / probs.sum(-1, keepdim=True)
        else:
            self.logits = logits - logits.logsumexp(-1, keepdim=True)
        self._param = self.probs if probs is not None else self.logits
        self._num_events = given.shape[-1]
        super().__init__(given.shape[:-1], (), validate_args)

    @_lazy
    def logits(self):
        return _logits(self.probs)

    @_lazy
    def probs(self):
        return torch.softmax(self.logits, -1)

    @property
    def support(self):
        return _integers(0, self._num_events - 1)

    @property
    def param_shape(self):
        return self._param.size()

    @property
    def mean(self):
        return torch.full(self._extended_shape(), float("nan"), dtype=self.probs.dtype, device=self.probs.device)

    @property
    def mode(self):
        return self.probs.argmax(-1)

    @property
    def variance(self):
        return torch.full(self._extended_shape(), float("nan"), dtype=self.probs.dtype, device=self.probs.device)

    def expand(self, batch_shape, _instance=None):
        return super().expand(batch_shape)

    def sample(self, sample_shape=()):
        shape = self._extended_shape(sample_shape)
        count = torch.Size(sample_shape).numel()
        with torch.no_grad():
            return torch.multinomial(self.probs.reshape(-1, self._num_events), count, True).t().reshape(shape)

    def log_prob(self, value):
        self._validate_sample(value)
        value = value.long().unsqueeze(-1)
        value, table = torch.broadcast_tensors(value, self.logits)
        return table.gather(-1, value[..., :1]).squeeze(-1)

    def entropy(self):
        least = torch.finfo(self.logits.dtype).min
        return -(torch.clamp(self.logits, min=least) * self.probs).sum(-1)

    def enumerate_support(self, expand=True):
        return _all_values(self._num_events, self, expand)


class OneHotCategorical(Distribution):
    arg_constraints = {"probs": _simplex, "logits": _real_vector}
    support = _one_hot

    def __init__(self, probs=None, logits=None, validate_args=None):
        self._categorical = Categorical(probs, logits, validate_args)
        super().__init__(self._categorical.batch_shape, self._categorical.param_shape[-1:], validate_args)

    @property
    def probs(self):
        return self._categorical.probs

    @property
    def logits(self):
        return self._categorical.logits

    @property
    def mean(self):
        return self.probs

    @property
    def variance(self):
        return self.probs * (1 - self.probs)

    def sample(self, sample_shape=()):
        drawn = self._categorical.sample(sample_shape)
        return F.one_hot(drawn, self._categorical._num_events).to(self.probs)

    def log_prob(self, value):
        self._validate_sample(value)
        return self._categorical.log_prob(value.max(-1)[1])

    def entropy(self):
        return self._categorical.entropy()


class Poisson(Distribution):
    arg_constraints = {"rate": _nonnegative}
    support = _counts

    def __init__(self, rate, validate_args=None):
        (self.rate,) = _tensors(rate)
        super().__init__(self.rate.shape, (), validate_args)

    @property
    def mean(self):
        return self.rate

    @property
    def variance(self):
        return self.rate

    def sample(self, sample_shape=()):
        with torch.no_grad():
            return torch.poisson(self.rate.expand(self._extended_shape(sample_shape)))

    def log_prob(self, value):
        self._validate_sample(value)
        rate, value = _tensors(self.rate, value)
        return value * rate.log() - rate - torch.lgamma(value + 1)


class Binomial(Distribution):
    arg_constraints = {"total_count": _counts, "probs": _unit, "logits": _real}

    def __init__(self, total_count=1, probs=None, logits=None, validate_args=None):
        _one_of(probs, logits)
        if probs is not None:
            self.total_count, self.probs = _tensors(total_count, probs)
            self.total_count = self.total_count.type_as(self.probs)
        else:
            self.total_count, self.logits = _tensors(total_count, logits)
            self.total_count = self.total_count.type_as(self.logits)
        self._param = self.probs if probs is not None else self.logits
        super().__init__(self._param.shape, (), validate_args)

    @_lazy
    def logits(self):
        return _logits(self.probs, True)

    @_lazy
    def probs(self):
        return torch.sigmoid(self.logits)

    @property
    def support(self):
        return _integers(0, self.total_count)

    @property
    def mean(self):
        return self.total_count * self.probs

    @property
    def variance(self):
        return self.total_count * self.probs * (1 - self.probs)

    def log_prob(self, value):
        self._validate_sample(value)
        n, logits = self.total_count, self.logits
        ways = torch.lgamma(n + 1) - torch.lgamma(value + 1) - torch.lgamma(n - value + 1)
        return value * logits - n * logits.clamp(min=0) - n * torch.log1p(torch.exp(-logits.abs())) + ways


