__name__ = "torch.nn.modules.activation"


class _Activation(Module):
    # A function of one tensor. `_names` are its options that are printed, by name.
    _names = ()
    inplace = False

    def extra_repr(self):
        parts = ["%s=%s" % (name, getattr(self, name)) for name in self._names]
        if self.inplace:
            parts.append("inplace=True")
        return ", ".join(parts)


class _InPlace(_Activation):
    def __init__(self, inplace=False):
        super().__init__()
        self.inplace = inplace

    def forward(self, input):
        return self._run(input, self.inplace)


class ReLU(_InPlace):
    _run = staticmethod(F.relu)


class SELU(_InPlace):
    _run = staticmethod(F.selu)


class SiLU(_InPlace):
    _run = staticmethod(F.silu)


class Mish(_InPlace):
    _run = staticmethod(F.mish)


class Hardsigmoid(_InPlace):
    _run = staticmethod(F.hardsigmoid)

    def extra_repr(self):
        return ""


class Hardswish(_InPlace):
    _run = staticmethod(F.hardswish)

    def extra_repr(self):
        return ""


class _Simple(_Activation):
    def forward(self, input):
        return self._run(input)


class Sigmoid(_Simple):
    _run = staticmethod(F.sigmoid)


class Tanh(_Simple):
    _run = staticmethod(F.tanh)


class LogSigmoid(_Simple):
    _run = staticmethod(F.logsigmoid)


class Softsign(_Simple):
    _run = staticmethod(F.softsign)


class Tanhshrink(_Simple):
    _run = staticmethod(F.tanhshrink)


class LeakyReLU(_Activation):
    _names = ("negative_slope",)

    def __init__(self, negative_slope=0.01, inplace=False):
        super().__init__()
        self.negative_slope = negative_slope
        self.inplace = inplace

    def forward(self, input):
        return F.leaky_relu(input, self.negative_slope, self.inplace)


class _Alpha(_Activation):
    _names = ("alpha",)

    def __init__(self, alpha=1.0, inplace=False):
        super().__init__()
        self.alpha = alpha
        self.inplace = inplace

    def forward(self, input):
        return self._run(input, self.alpha, self.inplace)


class ELU(_Alpha):
    _run = staticmethod(F.elu)


class CELU(_Alpha):
    _run = staticmethod(F.celu)


class GELU(_Activation):
    def __init__(self, approximate="none"):
        super().__init__()
        self.approximate = approximate

    def forward(self, input):
        return F.gelu(input, approximate=self.approximate)

    def extra_repr(self):
        return "approximate=%r" % self.approximate


class Softplus(_Activation):
    _names = ("beta", "threshold")

    def __init__(self, beta=1, threshold=20):
        super().__init__()
        self.beta = beta
        self.threshold = threshold

    def forward(self, input):
        return F.softplus(input, self.beta, self.threshold)


class Hardtanh(_Activation):
    _names = ("min_val", "max_val")

    def __init__(self, min_val=-1.0, max_val=1.0, inplace=False):
        super().__init__()
        if max_val <= min_val:
            raise AssertionError
        self.min_val = min_val
        self.max_val = max_val
        self.inplace = inplace

    def forward(self, input):
        return F.hardtanh(input, self.min_val, self.max_val, self.inplace)


class ReLU6(Hardtanh):
    _names = ()

    def __init__(self, inplace=False):
        super().__init__(0.0, 6.0, inplace)


class Threshold(_Activation):
    _names = ("threshold", "value")

    def __init__(self, threshold, value, inplace=False):
        super().__init__()
        self.threshold = threshold
        self.value = value
        self.inplace = inplace

    def forward(self, input):
        return F.threshold(input, self.threshold, self.value, self.inplace)


class _Shrink(_Activation):
    def __init__(self, lambd=0.5):
        super().__init__()
        self.lambd = lambd

    def forward(self, input):
        return self._run(input, self.lambd)

    def extra_repr(self):
        return str(self.lambd)


class Softshrink(_Shrink):
    _run = staticmethod(F.softshrink)


class Hardshrink(_Shrink):
    _run = staticmethod(F.hardshrink)


class PReLU(_Activation):
    _names = ("num_parameters",)

    def __init__(self, num_parameters=1, init=0.25, device=None, dtype=None):
        super().__init__()
        self.num_parameters = num_parameters
        self.weight = Parameter(torch.full((num_parameters,), float(init), device=device, dtype=dtype))

    def forward(self, input):
        return F.prelu(input, self.weight)


class _OfDim(_Activation):
    _names = ("dim",)

    def __init__(self, dim=None):
        super().__init__()
        self.dim = dim

    def forward(self, input):
        return self._run(input, self.dim)


class Softmax(_OfDim):
    _run = staticmethod(F.softmax)


class LogSoftmax(_OfDim):
    _run = staticmethod(F.log_softmax)


class Softmin(_OfDim):
    _run = staticmethod(F.softmin)


class GLU(_OfDim):
    _run = staticmethod(F.glu)

    def __init__(self, dim=-1):
        super().__init__(dim)


class Softmax2d(_Activation):
    def forward(self, input):
        return F.softmax(input, -3)


__name__ = "torch.nn.modules.distance"


class CosineSimilarity(Module):
    def __init__(self, dim=1, eps=1e-08):
        super().__init__()
        self.dim = dim
        self.eps = eps

    def forward(self, x1, x2):
        return F.cosine_similarity(x1, x2, self.dim, self.eps)


class PairwiseDistance(Module):
    def __init__(self, p=2.0, eps=1e-06, keepdim=False):
        super().__init__()
        self.norm = p
        self.eps = eps
        self.keepdim = keepdim

    def forward(self, x1, x2):
        return F.pairwise_distance(x1, x2, self.norm, self.eps, self.keepdim)


