# Functions of `torch` that are composed of others.

import torch


def combinations(input, r=2, with_replacement=False):
    from itertools import combinations as choose, combinations_with_replacement

    n = input.numel()
    places = list((combinations_with_replacement if with_replacement else choose)(range(n), r))
    if not places:
        return input.new_empty((0, r))
    return input[torch.tensor(places)]


def block_diag(*tensors):
    blocks = [torch.atleast_2d(t) for t in tensors]
    out = torch.zeros(sum(b.shape[0] for b in blocks), sum(b.shape[1] for b in blocks), dtype=blocks[0].dtype)
    row = column = 0
    for b in blocks:
        out[row:row + b.shape[0], column:column + b.shape[1]] = b
        row += b.shape[0]
        column += b.shape[1]
    return out


def quantile(input, q, dim=None, keepdim=False, interpolation="linear"):
    return _quantile(input, q, dim, keepdim, interpolation, lambda ordered: ordered.shape[-1])


def nanquantile(input, q, dim=None, keepdim=False, interpolation="linear"):
    return _quantile(input, q, dim, keepdim, interpolation, lambda ordered: (~ordered.isnan()).sum(-1, keepdim=True))


def _quantile(input, q, dim, keepdim, interpolation, count):
    if not isinstance(q, torch.Tensor):
        q = torch.tensor(q, dtype=input.dtype, device=input.device)
    if dim is None:
        input, dim = input.flatten(), 0
    ordered = input.sort(dim)[0].movedim(dim, -1)
    places = (q.reshape(-1) * (count(ordered) - 1)).clamp(min=0)
    places = places.expand(ordered.shape[:-1] + places.shape[-1:])
    low = places.floor()
    left, right = ordered.gather(-1, low.long()), ordered.gather(-1, places.ceil().long())
    if interpolation == "lower":
        out = left
    elif interpolation == "higher":
        out = right
    elif interpolation == "midpoint":
        out = (left + right) / 2
    elif interpolation == "nearest":
        out = ordered.gather(-1, places.round().long())
    else:
        out = left + (right - left) * (places - low)
    if q.ndim > 0:
        out = out.movedim(-1, 0)
        return out.unsqueeze(dim + 1 if dim >= 0 else dim) if keepdim else out
    out = out.squeeze(-1)
    return out.unsqueeze(dim) if keepdim else out


def searchsorted(sorted_sequence, values, *, out_int32=False, right=False, side=None, sorter=None):
    if not isinstance(values, torch.Tensor):
        values = torch.tensor(values)
    if side == "right":
        right = True
    row = sorted_sequence.unsqueeze(-2)
    column = values.unsqueeze(-1)
    found = (row <= column if right else row < column).sum(-1)
    return found.reshape(values.shape) if values.ndim == 0 else found


def bucketize(input, boundaries, *, out_int32=False, right=False):
    return searchsorted(boundaries, input, right=right)


def cov(input, *, correction=1, fweights=None, aweights=None):
    x = input.reshape(1, -1) if input.ndim < 2 else input
    x = x - x.mean(1, keepdim=True)
    out = x @ x.t() / (x.shape[1] - correction)
    return out.reshape(()) if input.ndim < 2 else out


def corrcoef(input):
    c = cov(input)
    if c.ndim == 0:
        return c / c
    d = c.diagonal().sqrt()
    return (c / d[:, None] / d[None]).clamp(-1, 1)


def nanmean(input, dim=None, keepdim=False):
    there = ~input.isnan()
    return input.nansum(dim, keepdim) / there.sum(dim, keepdim)


def nanmedian(input):
    return input[~input.isnan()].median()


def renorm(input, p, dim, maxnorm):
    others = [d for d in range(input.ndim) if d != dim % input.ndim]
    norms = input.norm(p, others, True)
    return input * torch.where(norms > maxnorm, maxnorm / (norms + 1e-7), torch.ones_like(norms))


def scalar_tensor(s, *, dtype=None, device=None, requires_grad=False):
    return torch.full((), s, dtype=dtype or torch.get_default_dtype(), device=device, requires_grad=requires_grad)


def _steps(y, x, dx, dim):
    y = y.movedim(dim, -1)
    if x is None:
        return (y[..., 1:] + y[..., :-1]) / 2 * dx
    x = x.movedim(dim, -1) if x.ndim == y.ndim else x
    return (y[..., 1:] + y[..., :-1]) / 2 * x.diff()


def trapezoid(y, x=None, *, dx=1, dim=-1):
    return _steps(y, x, dx, dim).sum(-1)


def cumulative_trapezoid(y, x=None, *, dx=1, dim=-1):
    return _steps(y, x, dx, dim).cumsum(-1).movedim(-1, dim)


trapz = trapezoid


def vander(x, N=None, increasing=False):
    n = x.shape[0] if N is None else N
    powers = torch.arange(n)
    out = x[:, None] ** (powers if increasing else powers.flip(0))
    return out


def hann_window(window_length, periodic=True, *, dtype=None):
    n = window_length if periodic else window_length - 1
    return (0.5 - 0.5 * torch.cos(2 * torch.pi * torch.arange(window_length, dtype=dtype or torch.get_default_dtype()) / n))


def matrix_exp(A):
    # Scaled until it is small, then by its series, and squared back.
    size = A.detach().abs().sum(-1).max().item()
    halvings = 0
    while size > 0.5:
        size /= 2
        halvings += 1
    small = A / 2 ** halvings
    term = torch.eye(A.shape[-1], dtype=A.dtype).expand(A.shape)
    out = term
    for k in range(1, 19):
        term = term @ small / k
        out = out + term
    for _ in range(halvings):
        out = out @ out
    return out


def lgamma(input):
    return torch.special.gammaln(input)


def digamma(input):
    return torch.special.digamma(input)


def sinc(input):
    return torch.special.sinc(input)


def erfc(input):
    return torch.special.erfc(input)


def erfinv(input):
    return torch.special.erfinv(input)


def erfc_(input):
    return input.copy_(_written(input, erfc))


def erfinv_(input):
    return input.copy_(_written(input, erfinv))


def _written(input, function):
    if not input.is_floating_point():
        raise RuntimeError("result type Float can't be cast to the desired output type %s" % _kind(input))
    return function(input)


def _kind(t):
    return t.type().split(".")[-1][:-6]


def _whole(a, b, name):
    if not isinstance(b, torch.Tensor):
        raise TypeError("%s(): argument 'other' (position 2) must be Tensor, not %s" % (name, type(b).__name__))
    common = torch.promote_types(a.dtype, b.dtype)
    if common == torch.bool or common.is_floating_point:
        raise RuntimeError("\"%s_cpu\" not implemented for '%s'" % (name, _kind(torch.empty(0, dtype=common))))
    return torch.broadcast_tensors(a.to(common).abs(), b.to(common).abs())


def _common(a, b):
    # The greatest common divisor, as Euclid finds it, of all pairs together.
    while (b != 0).any():
        done = b == 0
        a, b = torch.where(done, a, b), torch.where(done, b, a % torch.where(done, torch.ones_like(b), b))
    return a


def gcd(input, other):
    return _common(*_whole(input, other, "gcd"))


def lcm(input, other):
    a, b = _whole(input, other, "lcm")
    return a // _common(a, b).clamp(min=1) * b
