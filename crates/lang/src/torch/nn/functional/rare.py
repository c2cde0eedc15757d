

# Functions that are met less often.


def ctc_loss(log_probs, targets, input_lengths, target_lengths, blank=0, reduction="mean", zero_infinity=False):
    single = log_probs.dim() == 2
    if single:
        log_probs, targets = log_probs.unsqueeze(1), targets.reshape(1, -1)
    steps, count, _ = log_probs.shape
    device = log_probs.device
    lengths, sizes = [torch.as_tensor(n).reshape(-1).to(device) for n in (input_lengths, target_lengths)]
    for name, n in (("input_lengths", lengths), ("target_lengths", sizes)):
        if len(n) != count:
            raise RuntimeError(name + " must be of size batch_size")
    longest, widest = int(lengths.max()), int(sizes.max())
    if longest > steps:
        raise RuntimeError("Expected input_lengths to have value at most %d, but got value %d (while checking arguments for ctc_loss_cpu)" % (steps, longest))
    if targets.dim() == 1:
        padded = targets.new_full((count, widest), blank)
        for row, part in zip(padded, targets.split(sizes.tolist())):
            row[:len(part)] = part
        targets = padded
    elif targets.size(1) < widest:
        raise RuntimeError("Expected tensor to have size at least %d at dimension 1, but got size %d for argument #2 'targets' (while checking arguments for ctc_loss_cpu)" % (widest, targets.size(1)))
    # The targets with a blank around each; `far` is what is as good as impossible, and yet has a derivative.
    far = -1e30
    path = torch.full((count, 2 * widest + 1), blank, dtype=torch.int64, device=device)
    path[:, 1::2] = targets[:, :widest]
    places = torch.arange(path.size(1), device=device)
    skips = torch.zeros_like(path, dtype=torch.bool)
    skips[:, 2:] = (path[:, 2:] != blank) & (path[:, 2:] != path[:, :-2])
    found = log_probs.gather(2, path.expand(steps, -1, -1))
    nothing = torch.full_like(found[0], far)
    paths = torch.where((places < 2) & (places <= 2 * sizes.unsqueeze(1)), found[0], nothing)
    for t in range(1, longest):
        one = torch.cat([nothing[:, :1], paths[:, :-1]], 1)
        two = torch.cat([nothing[:, :2], paths[:, :-2]], 1)[:, :paths.size(1)]
        new = torch.stack([paths, one, torch.where(skips, two, nothing)]).logsumexp(0) + found[t]
        paths = torch.where((t < lengths).unsqueeze(1), new, paths)
    ends = torch.stack([2 * sizes, (2 * sizes - 1).clamp(min=0)], 1)
    last = paths.gather(1, ends)
    last = torch.where((sizes > 0).unsqueeze(1) | (torch.arange(2, device=device) == 0), last, nothing[:, :1])
    losses = -last.logsumexp(1)
    # PyTorch takes the probabilities of a step to be one together, and its derivative is one of the scores behind them.
    known = (torch.arange(steps, device=device).unsqueeze(1) < lengths).unsqueeze(2)
    total = torch.where(known, log_probs, torch.full_like(log_probs, far)).exp().sum((0, 2))
    losses = losses + (total - total.detach())
    endless = losses > 1e20
    losses = torch.where(endless, torch.full_like(losses, 0.0 if zero_infinity else float("inf")), losses)
    if reduction == "mean":
        return (losses / sizes.clamp(min=1)).mean()
    if reduction not in ("none", "sum"):
        raise ValueError(reduction + " is not a valid value for reduction")
    return losses.sum() if reduction == "sum" else losses[0] if single else losses


def multilabel_margin_loss(input, target, size_average=None, reduce=None, reduction="mean"):
    if input.shape != target.shape:
        raise RuntimeError("inconsistent size %s for argument #2 'target'" % list(target.shape))
    x, y = torch.atleast_2d(input), torch.atleast_2d(target)
    known = (y >= 0).to(x.dtype).cumprod(1)
    y = y.clamp(min=0)
    others = torch.zeros_like(x).scatter_add(1, y, known) == 0
    apart = (1 - x.gather(1, y).unsqueeze(2) + x.unsqueeze(1)).clamp_min(0)
    losses = (apart * known.unsqueeze(2) * others.unsqueeze(1)).sum((1, 2)) / x.size(1)
    return _mean_or_sum(losses if input.dim() > 1 else losses[0], reduction)


def triplet_margin_with_distance_loss(anchor, positive, negative, *, distance_function=None, margin=1.0, swap=False, reduction="mean"):
    distance = distance_function or pairwise_distance
    near, far = distance(anchor, positive), distance(anchor, negative)
    if swap:
        far = torch.minimum(far, distance(positive, negative))
    return _mean_or_sum(torch.clamp_min(margin + near - far, 0), reduction)


def rrelu(input, lower=1.0 / 8, upper=1.0 / 3, training=False, inplace=False):
    if training:
        there = input <= 0
        drawn = torch.empty(int(there.sum()), dtype=torch.float64).uniform_(lower, upper)
        slopes = torch.ones_like(input).masked_scatter(there, drawn.to(input.device, input.dtype))
        out = input * slopes
    else:
        out = leaky_relu(input, (lower + upper) / 2)
    return input.copy_(out) if inplace else out


def dropout3d(input, p=0.5, training=True, inplace=False):
    planes = input.flatten(-3).unsqueeze(-1)
    out = dropout2d(planes, p, training).view_as(input)
    return input.copy_(out) if inplace else out


def channel_shuffle(input, groups):
    if input.size(1) % groups != 0:
        raise RuntimeError("Number of channels must be divisible by groups. Got %d channels and %d groups." % (input.size(1), groups))
    return input.unflatten(1, (groups, -1)).transpose(1, 2).flatten(1, 2)


def _lp_pool(pool, dims, input, norm_type, kernel_size, stride, ceil_mode):
    size = torch.Size(_times(kernel_size, dims)).numel()
    out = pool(input.pow(norm_type), kernel_size, stride, 0, ceil_mode)
    return (torch.sign(out) * relu(out.abs()) * size).pow(1.0 / norm_type)


def lp_pool1d(input, norm_type, kernel_size, stride=None, ceil_mode=False):
    return _lp_pool(avg_pool1d, 1, input, norm_type, kernel_size, stride, ceil_mode)


def lp_pool2d(input, norm_type, kernel_size, stride=None, ceil_mode=False):
    return _lp_pool(avg_pool2d, 2, input, norm_type, kernel_size, stride, ceil_mode)


def _times(value, count):
    return tuple(value) if isinstance(value, (tuple, list)) else (value,) * count


def _max_unpool(input, indices, dims, kernel_size, stride, padding, output_size):
    if output_size is None:
        options = [_times(n, dims) for n in (kernel_size, kernel_size if stride is None else stride, padding)]
        output_size = [(n - 1) * s + k - 2 * p for n, k, s, p in zip(input.shape[-dims:], *options)]
    output_size = list(output_size)[-dims:]
    total = torch.Size(output_size).numel()
    if indices.numel() and int(indices.max()) >= total:
        raise RuntimeError("Found an invalid max index: %d (output volumes are of size %s" % (int(indices.max()), "x".join([str(n) for n in output_size])))
    flat = input.flatten(-dims)
    out = torch.zeros(list(flat.shape[:-1]) + [total], dtype=input.dtype, device=input.device)
    return out.scatter(-1, indices.flatten(-dims), flat).unflatten(-1, output_size)


def max_unpool1d(input, indices, kernel_size, stride=None, padding=0, output_size=None):
    return _max_unpool(input, indices, 1, kernel_size, stride, padding, output_size)


def max_unpool2d(input, indices, kernel_size, stride=None, padding=0, output_size=None):
    return _max_unpool(input, indices, 2, kernel_size, stride, padding, output_size)


def conv3d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    # A sum of convolutions of planes: one for each plane of the kernel.
    if input.dim() == 4:
        return conv3d(input.unsqueeze(0), weight, bias, stride, padding, dilation, groups).squeeze(0)
    if input.dim() != 5:
        raise RuntimeError("Expected 4D (unbatched) or 5D (batched) input to conv3d, but got input of size: %s" % list(input.shape))
    stride, dilation = _times(stride, 3), _times(dilation, 3)
    sizes = weight.shape[2:]
    if padding == "same":
        margin = []
        for k, d in zip(reversed(sizes), reversed(dilation)):
            margin += [d * (k - 1) // 2, d * (k - 1) - d * (k - 1) // 2]
    else:
        margin = [n for p in reversed(_times(0 if padding == "valid" else padding, 3)) for n in (p, p)]
    x = pad(input, margin)
    inside = x.shape[2:]
    if any(d * (k - 1) + 1 > n for k, d, n in zip(sizes, dilation, inside)):
        show = " x ".join
        text = "Calculated padded input size per channel: (%s). Kernel size: (%s). Kernel size can't be greater than actual input size"
        raise RuntimeError(text % (show([str(n) for n in inside]), show([str(n) for n in sizes])))
    planes = (inside[0] - dilation[0] * (sizes[0] - 1) - 1) // stride[0] + 1
    out = None
    for k in range(sizes[0]):
        start = k * dilation[0]
        part = x[:, :, start:start + (planes - 1) * stride[0] + 1:stride[0]].transpose(1, 2).flatten(0, 1)
        part = conv2d(part, weight[:, :, k], bias if k == 0 else None, stride[1:], 0, dilation[1:], groups)
        out = part if out is None else out + part
    return out.unflatten(0, (-1, planes)).transpose(1, 2)


def _pool3d(input, flat, deep):
    # Over each plane, then along the depth.
    lead = input.shape[:-3]
    planes = flat(input.reshape((-1, 1) + input.shape[-2:]))
    planes = planes.reshape((-1, input.size(-3)) + planes.shape[-2:])
    columns = planes.permute(0, 2, 3, 1).flatten(0, 2).unsqueeze(1)
    out = deep(columns).reshape(planes.size(0), planes.size(2), planes.size(3), -1).permute(0, 3, 1, 2)
    return out.reshape(lead + out.shape[1:])


def max_pool3d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    if return_indices:
        raise NotImplementedError("max_pool3d with return_indices is not part of Seegrad")
    k, s, p, d = [_times(n, 3) for n in (kernel_size, kernel_size if stride is None else stride, padding, dilation)]
    return _pool3d(input, lambda x: max_pool2d(x, k[1:], s[1:], p[1:], d[1:], ceil_mode), lambda x: max_pool1d(x, k[0], s[0], p[0], d[0], ceil_mode))


def avg_pool3d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
    k, s, p = [_times(n, 3) for n in (kernel_size, kernel_size if stride is None else stride, padding)]
    if divisor_override is not None:
        raise NotImplementedError("avg_pool3d with divisor_override is not part of Seegrad")
    return _pool3d(input, lambda x: avg_pool2d(x, k[1:], s[1:], p[1:], ceil_mode, count_include_pad), lambda x: avg_pool1d(x, k[0], s[0], p[0], ceil_mode, count_include_pad))


def adaptive_avg_pool3d(input, output_size):
    size = [n if wanted is None else wanted for wanted, n in zip(_times(output_size, 3), input.shape[-3:])]
    return _pool3d(input, lambda x: adaptive_avg_pool2d(x, size[1:]), lambda x: adaptive_avg_pool1d(x, size[0]))


def pdist(input, p=2.0):
    return torch.pdist(input, p)
