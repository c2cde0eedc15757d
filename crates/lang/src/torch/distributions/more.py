# Further distributions, and how far one is from another.


class Exponential(Distribution):
    has_rsample = True
    arg_constraints = {"rate": _positive}
    support = _nonnegative

    def __init__(self, rate, validate_args=None):
        (self.rate,) = _tensors(rate)
        super().__init__(self.rate.shape, (), validate_args)

    @property
    def mean(self):
        return self.rate.reciprocal()

    @property
    def stddev(self):
        return self.rate.reciprocal()

    @property
    def variance(self):
        return self.rate.pow(-2)

    def rsample(self, sample_shape=()):
        return torch.empty(self._extended_shape(sample_shape), dtype=self.rate.dtype).exponential_() / self.rate

    def log_prob(self, value):
        self._validate_sample(value)
        return self.rate.log() - self.rate * value

    def cdf(self, value):
        self._validate_sample(value)
        return 1 - torch.exp(-self.rate * value)

    def entropy(self):
        return 1.0 - torch.log(self.rate)


class Laplace(Distribution):
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
    def variance(self):
        return 2 * self.scale.pow(2)

    def rsample(self, sample_shape=()):
        eps = torch.finfo(self.loc.dtype).eps
        u = torch.empty(self._extended_shape(sample_shape), dtype=self.loc.dtype).uniform_(eps - 1, 1)
        return self.loc - self.scale * u.sign() * torch.log1p(-u.abs())

    def log_prob(self, value):
        self._validate_sample(value)
        return -torch.log(2 * self.scale) - torch.abs(value - self.loc) / self.scale

    def entropy(self):
        return 1 + torch.log(2 * self.scale)


class MultivariateNormal(Distribution):
    has_rsample = True
    arg_constraints = {"loc": _real_vector, "covariance_matrix": _real_vector}
    support = _real_vector

    def __init__(self, loc, covariance_matrix=None, precision_matrix=None, scale_tril=None, validate_args=None):
        if (covariance_matrix is not None) + (scale_tril is not None) + (precision_matrix is not None) != 1:
            raise ValueError("Exactly one of covariance_matrix or precision_matrix or scale_tril may be specified.")
        if precision_matrix is not None:
            covariance_matrix = torch.inverse(precision_matrix)
        self.loc = loc
        if covariance_matrix is not None:
            self.covariance_matrix = covariance_matrix
        self.scale_tril = scale_tril if scale_tril is not None else torch.linalg.cholesky(covariance_matrix)
        super().__init__(loc.shape[:-1], loc.shape[-1:], validate_args)

    @_lazy
    def covariance_matrix(self):
        return self.scale_tril @ self.scale_tril.mT

    @property
    def mean(self):
        return self.loc

    @property
    def variance(self):
        return self.scale_tril.pow(2).sum(-1)

    def rsample(self, sample_shape=()):
        noise = _noise(self._extended_shape(sample_shape), self.loc)
        return self.loc + (self.scale_tril @ noise.unsqueeze(-1)).squeeze(-1)

    def log_prob(self, value):
        self._validate_sample(value)
        apart = torch.linalg.solve(self.scale_tril, (value - self.loc).unsqueeze(-1)).squeeze(-1)
        half = self.scale_tril.diagonal(dim1=-2, dim2=-1).log().sum(-1)
        return -0.5 * (self._event_shape[0] * math.log(2 * math.pi) + apart.pow(2).sum(-1)) - half

    def entropy(self):
        half = self.scale_tril.diagonal(dim1=-2, dim2=-1).log().sum(-1)
        return 0.5 * self._event_shape[0] * (1.0 + math.log(2 * math.pi)) + half


class Independent(Distribution):
    def __init__(self, base_distribution, reinterpreted_batch_ndims, validate_args=None):
        self.base_dist = base_distribution
        self.reinterpreted_batch_ndims = n = reinterpreted_batch_ndims
        shape = base_distribution.batch_shape + base_distribution.event_shape
        split = len(base_distribution.batch_shape) - n
        super().__init__(shape[:split], shape[split:], validate_args)
        self.has_rsample = base_distribution.has_rsample

    def __repr__(self):
        return "Independent(%r, %d)" % (self.base_dist, self.reinterpreted_batch_ndims)

    @property
    def mean(self):
        return self.base_dist.mean

    @property
    def variance(self):
        return self.base_dist.variance

    def sample(self, sample_shape=()):
        return self.base_dist.sample(sample_shape)

    def rsample(self, sample_shape=()):
        return self.base_dist.rsample(sample_shape)

    def _summed(self, value):
        return value.sum(list(range(-self.reinterpreted_batch_ndims, 0))) if self.reinterpreted_batch_ndims else value

    def log_prob(self, value):
        return self._summed(self.base_dist.log_prob(value))

    def entropy(self):
        return self._summed(self.base_dist.entropy())


def _where_zero(t, q, p):
    # Nothing can be said against what never happens; but what `q` calls impossible is infinitely far.
    t = torch.where(q == 0, torch.full_like(t, float("inf")), t)
    return torch.where(p == 0, torch.zeros_like(t), t)


def kl_divergence(p, q):
    kinds = (type(p), type(q))
    if kinds == (Normal, Normal):
        ratio = (p.scale / q.scale).pow(2)
        apart = ((p.loc - q.loc) / q.scale).pow(2)
        return 0.5 * (ratio + apart - 1 - ratio.log())
    if kinds == (Categorical, Categorical):
        return _where_zero(p.probs * (p.logits - q.logits), q.probs, p.probs).sum(-1)
    if kinds == (Bernoulli, Bernoulli):
        ones = p.probs * (F.softplus(-q.logits) - F.softplus(-p.logits))
        zeros = (1 - p.probs) * (F.softplus(q.logits) - F.softplus(p.logits))
        return _where_zero(ones, q.probs, p.probs) + _where_zero(zeros, 1 - q.probs, 1 - p.probs)
    if kinds == (Uniform, Uniform):
        far = torch.log((q.high - q.low) / (p.high - p.low))
        return torch.where((q.low > p.low) | (q.high < p.high), torch.full_like(far, float("inf")), far)
    if kinds == (Normal, Uniform):
        return torch.full_like(p.loc, float("inf"))
    if kinds == (Exponential, Exponential):
        ratio = q.rate / p.rate
        return -ratio.log() + ratio - 1
    if kinds == (Gamma, Gamma):
        return _kl_gamma(p, q)
    if kinds == (Dirichlet, Dirichlet):
        return _kl_dirichlet(p, q)
    if kinds == (Beta, Beta):
        return _kl_dirichlet(p._dirichlet, q._dirichlet)
    if kinds == (LogNormal, LogNormal):
        return kl_divergence(p.base_dist, q.base_dist)
    if kinds == (Independent, Independent):
        return p._summed(kl_divergence(p.base_dist, q.base_dist))
    raise NotImplementedError("No KL(p || q) is implemented for p type %s and q type %s" % (type(p).__name__, type(q).__name__))
