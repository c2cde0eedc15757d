

# Elements put into the places of others, and further functions.


def _returned(name, **parts):
    # What unpacks as a tuple, has names, and is printed over several lines.
    from collections import namedtuple

    kind = namedtuple(name, list(parts))
    kind.__repr__ = lambda self: "torch.return_types.%s(\n%s)" % (name, ",\n".join(["%s=%r" % pair for pair in zip(parts, self)]))
    return kind(**parts)


def scatter_reduce(input, dim, index, src, reduce, *, include_self=True):
    if reduce not in ("sum", "prod", "mean", "amax", "amin"):
        raise RuntimeError("reduce argument must be either sum, prod, mean, amax or amin.")
    kind = input.dtype
    least, most = (-torch.inf, torch.inf) if kind.is_floating_point else (torch.iinfo(kind).min, torch.iinfo(kind).max)
    neutral = {"amax": least, "amin": most, "prod": 1}.get(reduce, 0)
    if input.ndim == 0:
        return scatter_reduce(input.reshape(1), 0, index.reshape(1), src.reshape(1), reduce, include_self=include_self).reshape(())
    src = src[tuple(slice(0, n) for n in index.shape)]
    old, index, src = [t.movedim(dim, -1) for t in (input, index, src)]
    region = tuple(slice(0, n) for n in index.shape[:-1])
    part = old[region]
    # For each place, which elements of the source come there.
    here = index.unsqueeze(-2) == torch.arange(part.shape[-1], device=index.device).unsqueeze(-1)
    values = torch.where(here, src.unsqueeze(-2), torch.full((), neutral, dtype=kind, device=input.device))
    count = here.sum(-1)
    if include_self:
        values = torch.cat([part.unsqueeze(-1), values], -1)
        count = count + 1
    if reduce == "mean":
        total = values.sum(-1)
        new = total / count.clamp(min=1) if kind.is_floating_point else torch.div(total, count.clamp(min=1), rounding_mode="floor")
    else:
        new = getattr(values, reduce)(-1)
    out = old.clone()
    out[region] = torch.where(count > 0, new.to(kind), part)
    return out.movedim(-1, dim)


def scatter_reduce_(input, dim, index, src, reduce, *, include_self=True):
    return input.copy_(scatter_reduce(input, dim, index, src, reduce, include_self=include_self))


def _placed(input, part, src):
    out = input.clone()
    place = part(out)
    if place.shape != src.shape:
        raise RuntimeError("expected src to have a size equal to the slice of self. src size = %s, slice size = %s" % (list(src.shape), list(place.shape)))
    place.copy_(src)
    return out


def select_scatter(input, src, dim, index):
    return _placed(input, lambda t: t.select(dim, index), src)


def slice_scatter(input, src, dim=0, start=None, end=None, step=1):
    place = (slice(None),) * (dim % input.ndim) + (slice(start, end, step),)
    return _placed(input, lambda t: t[place], src)


def diagonal_scatter(input, src, offset=0, dim1=0, dim2=1):
    return _placed(input, lambda t: t.diagonal(offset, dim1, dim2), src)


def put(input, index, source, accumulate=False):
    return input.reshape(-1).index_put((index.reshape(-1),), source.reshape(-1), accumulate).view(input.shape)


def put_(input, index, source, accumulate=False):
    return input.copy_(put(input, index, source, accumulate))


def logaddexp2(input, other):
    two = 0.6931471805599453
    return torch.logaddexp(input * two, other * two) / two


def ldexp(input, other):
    return input * torch.pow(2.0, other)


def cholesky_solve(input, input2, upper=False):
    L = input2.mT if upper else input2
    return torch.linalg.solve(L.mT, torch.linalg.solve(L, input))


def cholesky_inverse(input, upper=False):
    return cholesky_solve(torch.eye(input.shape[-1], dtype=input.dtype, device=input.device), input, upper)


def triangular_solve(input, A, upper=True, transpose=False, unitriangular=False):
    one = torch.linalg._triangle(A, upper, unitriangular)
    solution = torch.linalg.solve(one.mT if transpose else one, input)
    return _returned("triangular_solve", solution=solution, cloned_coefficient=A.clone())


def histogram(input, bins, *, range=None, weight=None, density=False):
    x = input.reshape(-1)
    if isinstance(bins, torch.Tensor):
        edges = bins
    else:
        low, high = range if range is not None else (x.min().item(), x.max().item())
        if low == high:
            low, high = low - 0.5, high + 0.5
        edges = torch.linspace(low, high, bins + 1, dtype=x.dtype, device=x.device)
    there = (x >= edges[0]) & (x <= edges[-1])
    x = x[there]
    amounts = torch.ones_like(x) if weight is None else weight.reshape(-1)[there]
    places = (searchsorted(edges, x, right=True) - 1).clamp(max=len(edges) - 2)
    hist = torch.zeros(len(edges) - 1, dtype=input.dtype, device=x.device).index_add(0, places, amounts)
    if density:
        hist = hist / (hist.sum() * edges.diff())
    return _returned("histogram", hist=hist, bin_edges=edges)


def gradient(input, *, spacing=1, dim=None, edge_order=1):
    dims = list(range(input.ndim)) if dim is None else [dim] if isinstance(dim, int) else list(dim)
    steps = list(spacing) if isinstance(spacing, (list, tuple)) else [spacing] * len(dims)
    if len(steps) != len(dims):
        raise RuntimeError("torch.gradient expected spacing to be unspecified, a scalar, or a list with one element for each of its %d dimensions" % len(dims))
    return tuple(_slope(input.movedim(d, -1), step, edge_order).movedim(-1, d) for d, step in zip(dims, steps))


def _slope(f, step, order):
    if f.shape[-1] <= order:
        raise RuntimeError("torch.gradient expected each dimension size to be at least edge_order+1")
    h = step.diff() if isinstance(step, torch.Tensor) else torch.full((f.shape[-1] - 1,), float(step), device=f.device)
    slopes = f.diff() / h
    left, right, ends = h[:-1], h[1:], (slopes[..., :1], slopes[..., -1:])
    # Between two slopes, the one of the shorter step counts for more.
    inner = (slopes[..., :-1] * right + slopes[..., 1:] * left) / (left + right)
    if order == 2:
        ends = _end(slopes[..., :2], h[:2], 0), _end(slopes[..., -2:], h[-2:], 1)
    return torch.cat([ends[0], inner, ends[1]], -1)


def _end(slopes, h, last):
    near, far = h[last], h[1 - last]
    a, b = slopes[..., last:last + 1], slopes[..., 1 - last:2 - last]
    return a + (a - b) * near / (near + far)


def pdist(input, p=2.0):
    i, j = torch.triu_indices(len(input), len(input), 1, device=input.device)
    return (input[i] - input[j]).norm(p, -1)
