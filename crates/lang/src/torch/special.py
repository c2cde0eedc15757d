# Functions of mathematics and statistics, each with its derivative.

import math

import torch
from torch import exp2, expm1, erf, log1p, logit, logsumexp, round, xlogy
from torch import sigmoid as expit
from torch.nn.functional import log_softmax, softmax


def _mapped(function, x):
    numbers = [function(number) for number in x.flatten().tolist()]
    dtype = x.dtype if x.is_floating_point() else torch.get_default_dtype()
    return torch.tensor(numbers, dtype=dtype, device=x.device).reshape(x.shape)


def _is_pole(x):
    return x <= 0 and x == math.floor(x)


def _gammaln_at(x):
    return math.inf if _is_pole(x) else math.lgamma(x)


def _digamma_at(x):
    if _is_pole(x):
        return -math.inf if x == 0 else math.nan
    if x < 0:
        return _digamma_at(1 - x) - math.pi / math.tan(math.pi * x)
    out = 0.0
    while x < 10:
        out -= 1 / x
        x += 1
    f = 1 / (x * x)
    return out + math.log(x) - 0.5 / x - f * (1 / 12 - f * (1 / 120 - f * (1 / 252 - f * (1 / 240 - f / 132))))


def _polygamma_at(n, x):
    # The sum of 1 / (x + k) ** s over all k, up to a factor: the first of them, and the formula of Euler and Maclaurin.
    if _is_pole(x):
        return math.inf if n % 2 else -math.inf
    s, out = n + 1, 0.0
    while x < 12:
        out += x ** -s
        x += 1
    f = 1 / (x * x)
    more = s * (1 / 12 - f * (s + 1) * (s + 2) * (1 / 720 - f * (s + 3) * (s + 4) * (1 / 30240 - f * (s + 5) * (s + 6) / 1209600)))
    out += x ** -s * (x / n + 0.5 + more / x)
    return out * math.factorial(n) * (1 if n % 2 else -1)


def _erfinv_at(y):
    if not abs(y) < 1:
        return math.copysign(math.inf, y) if abs(y) == 1 else math.nan
    # A rough formula, bettered by three steps of Halley.
    log = math.log1p(-y * y)
    half = 4.33 + log / 2
    x = math.copysign(math.sqrt(math.sqrt(half * half - log / 0.147) - half), y)
    for _ in range(3):
        # Where it is close to one, what it lacks of that is exact.
        off = math.erf(x) - y if abs(y) < 0.5 else (1 - abs(y) - math.erfc(abs(x))) * math.copysign(1, y)
        off *= math.sqrt(math.pi) / 2 * math.exp(x * x)
        x -= off / (1 + x * off)
    return x


class Erfc(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input):
        ctx.save_for_backward(input)
        return _mapped(math.erfc, input)

    @staticmethod
    def backward(ctx, grad):
        x, = ctx.saved_tensors
        return grad * torch.exp(-x * x) * (-2 / math.sqrt(math.pi))


class Erfinv(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input):
        ctx.save_for_backward(input)
        return _mapped(_erfinv_at, input)

    @staticmethod
    def backward(ctx, grad):
        x = erfinv(*ctx.saved_tensors)
        return grad * torch.exp(x * x) * (math.sqrt(math.pi) / 2)


class Lgamma(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input):
        ctx.save_for_backward(input)
        return _mapped(_gammaln_at, input)

    @staticmethod
    def backward(ctx, grad):
        return grad * digamma(*ctx.saved_tensors)


class Digamma(torch.autograd.Function):
    @staticmethod
    def forward(ctx, input):
        ctx.save_for_backward(input)
        return _mapped(_digamma_at, input)

    @staticmethod
    def backward(ctx, grad):
        return grad * polygamma(1, *ctx.saved_tensors)


class Polygamma(torch.autograd.Function):
    @staticmethod
    def forward(ctx, n, input):
        ctx.n = n
        ctx.save_for_backward(input)
        return _mapped(lambda x: _polygamma_at(n, x), input)

    @staticmethod
    def backward(ctx, grad):
        return None, grad * polygamma(ctx.n + 1, *ctx.saved_tensors)


def erfc(input, *, out=None):
    return Erfc.apply(input)


def erfinv(input, *, out=None):
    return Erfinv.apply(input)


def gammaln(input, *, out=None):
    return Lgamma.apply(input)


def digamma(input, *, out=None):
    return Digamma.apply(input)


psi = digamma


def polygamma(n, input, *, out=None):
    if n < 0:
        raise RuntimeError("polygamma(n, x) does not support negative n.")
    return Polygamma.apply(n, input) if n else digamma(input)


def ndtr(input, *, out=None):
    return (1 + erf(input / math.sqrt(2))) / 2


def entr(input, *, out=None):
    bounded = torch.where(input >= 0, 0 - xlogy(input, input), torch.full_like(input, -math.inf))
    return torch.where(torch.isnan(input), input, bounded)


def sinc(input, *, out=None):
    x = math.pi * torch.where(input == 0, torch.ones_like(input), input)
    return torch.where(input == 0, torch.ones_like(input), torch.sin(x) / x)
