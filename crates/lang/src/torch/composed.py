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
    if not isinstance(q, torch.Tensor):
        q = torch.tensor(q, dtype=input.dtype)
    if dim is None:
        input, dim = input.flatten(), 0
    ordered = input.sort(dim)[0].movedim(dim, -1)
    places = q * (ordered.shape[-1] - 1)
    low = places.floor()
    left, right = ordered[..., low.long()], ordered[..., places.ceil().long()]
    if interpolation == "lower":
        out = left
    elif interpolation == "higher":
        out = right
    elif interpolation == "midpoint":
        out = (left + right) / 2
    elif interpolation == "nearest":
        out = ordered[..., places.round().long()]
    else:
        out = left + (right - left) * (places - low)
    if q.ndim > 0:
        out = out.movedim(-1, 0)
        return out.unsqueeze(dim + 1) if keepdim else out
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
