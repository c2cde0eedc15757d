# `torch.nn.functional`, the part in Python: what is put together of other functions.

import torch

logsigmoid = log_sigmoid
del log_sigmoid


def _mean_or_sum(losses, reduction):
    if reduction == "mean":
        return losses.mean()
    return losses.sum() if reduction == "sum" else losses


def bilinear(input1, input2, weight, bias=None):
    out = torch.einsum("...i,oij,...j->...o", input1, weight, input2)
    return out if bias is None else out + bias


def one_hot(tensor, num_classes=-1):
    if tensor.dtype != torch.int64:
        raise RuntimeError("one_hot is only applicable to index tensor.")
    if num_classes == -1:
        if tensor.numel() == 0:
            raise RuntimeError("Can not infer total number of classes from empty tensor.")
        num_classes = int(tensor.max()) + 1
    if tensor.numel() and int(tensor.min()) < 0:
        raise RuntimeError("Class values must be non-negative.")
    if tensor.numel() and int(tensor.max()) >= num_classes:
        raise RuntimeError("Class values must be smaller than num_classes.")
    return (tensor.unsqueeze(-1) == torch.arange(num_classes, device=tensor.device)).long()


def triplet_margin_loss(anchor, positive, negative, margin=1.0, p=2, eps=1e-06, swap=False, size_average=None, reduce=None, reduction="mean"):
    near = pairwise_distance(anchor, positive, p, eps)
    far = pairwise_distance(anchor, negative, p, eps)
    if swap:
        far = torch.minimum(far, pairwise_distance(positive, negative, p, eps))
    return _mean_or_sum(torch.clamp_min(margin + near - far, 0), reduction)


def multilabel_soft_margin_loss(input, target, weight=None, size_average=None, reduce=None, reduction="mean"):
    losses = -(target * logsigmoid(input) + (1 - target) * logsigmoid(-input))
    if weight is not None:
        losses = losses * weight
    return _mean_or_sum(losses.mean(-1), reduction)


def instance_norm(input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True, momentum=0.1, eps=1e-05):
    if not use_input_stats:
        return batch_norm(input, running_mean, running_var, weight, bias, False, momentum, eps)
    if input[0, 0].numel() <= 1:
        raise ValueError("Expected more than 1 spatial element when training, got input size %s" % (input.size(),))
    if running_mean is not None:
        with torch.no_grad():
            dims = tuple(range(2, input.dim()))
            running_mean.mul_(1 - momentum).add_(input.mean(dims).mean(0), alpha=momentum)
            running_var.mul_(1 - momentum).add_(input.var(dims).mean(0), alpha=momentum)
    return group_norm(input, input.size(1), weight, bias, eps)


def alpha_dropout(input, p=0.5, training=False, inplace=False):
    if p < 0.0 or p > 1.0:
        raise ValueError("dropout probability has to be between 0 and 1, but got %s" % p)
    if not training or p == 0:
        return input
    low = -1.7580993408473766
    scale = 1 / ((1 - p) * (1 + p * low ** 2)) ** 0.5 if p < 1 else 0.0
    kept = torch.empty_like(input).bernoulli_(1 - p)
    out = input * (kept * scale) + ((kept - 1) * (low * scale) + low * scale * p)
    return input.copy_(out) if inplace else out


def embedding_bag(input, weight, offsets=None, max_norm=None, norm_type=2, scale_grad_by_freq=False, mode="mean", sparse=False, per_sample_weights=None, include_last_offset=False, padding_idx=None):
    if max_norm is not None or padding_idx is not None or include_last_offset:
        raise NotImplementedError("embedding_bag with max_norm, padding_idx or include_last_offset is not part of Seegrad")
    if input.dim() == 2:
        if offsets is not None:
            raise ValueError("if input is 2D, then offsets has to be None, as input is treated is a mini-batch of fixed length sequences. However, found offsets of type %s" % type(offsets))
        offsets = torch.arange(0, input.numel(), input.size(1))
        input = input.reshape(-1)
        if per_sample_weights is not None:
            per_sample_weights = per_sample_weights.reshape(-1)
    elif offsets is None:
        raise ValueError("offsets has to be a 1D Tensor but got None")
    rows = embedding(input, weight)
    if per_sample_weights is not None:
        rows = rows * per_sample_weights.unsqueeze(1)
    starts = offsets.tolist()
    bags = []
    for start, end in zip(starts, starts[1:] + [input.size(0)]):
        bag = rows[start:end]
        if start == end:
            bags.append(torch.zeros(weight.size(1), dtype=weight.dtype))
        else:
            bags.append(bag.sum(0) if mode == "sum" else bag.mean(0) if mode == "mean" else bag.amax(0))
    return torch.stack(bags)


def adaptive_avg_pool1d(input, output_size):
    size = output_size[0] if isinstance(output_size, (tuple, list)) else output_size
    return adaptive_avg_pool2d(input.unsqueeze(-2), (1, size)).squeeze(-2)


def adaptive_max_pool2d(input, output_size, return_indices=False):
    if return_indices:
        raise NotImplementedError("adaptive_max_pool2d with return_indices is not part of Seegrad")
    sizes = list(output_size) if isinstance(output_size, (tuple, list)) else [output_size, output_size]
    for dim, size in zip((-2, -1), sizes):
        if size is not None:
            n = input.size(dim)
            parts = [input.narrow(dim, i * n // size, -(-(i + 1) * n // size) - i * n // size) for i in range(size)]
            input = torch.cat([part.amax(dim, keepdim=True) for part in parts], dim)
    return input


def pixel_shuffle(input, upscale_factor):
    r = upscale_factor
    n, c, h, w = input.shape
    if c % (r * r) != 0:
        raise RuntimeError("pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor, but input.size(-3)=%d is not divisible by %d" % (c, r * r))
    return input.view(n, c // (r * r), r, r, h, w).permute(0, 1, 4, 2, 5, 3).reshape(n, c // (r * r), h * r, w * r)


def upsample(input, size=None, scale_factor=None, mode="nearest", align_corners=None):
    return interpolate(input, size, scale_factor, mode, align_corners)


def gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1):
    noise = -torch.empty_like(logits).exponential_().log()
    soft = softmax((logits + noise) / tau, dim)
    if not hard:
        return soft
    index = soft.max(dim, keepdim=True)[1]
    return torch.zeros_like(logits).scatter_(dim, index, 1.0) - soft.detach() + soft


def _additive(mask, like):
    # A mask of truth values as what is added to scores.
    if mask is None or mask.dtype != torch.bool:
        return mask
    return torch.zeros(mask.shape, dtype=like.dtype, device=like.device).masked_fill(mask, float("-inf"))


def _scaled_dot_product_attention(query, key, value, attn_mask=None, dropout_p=0.0):
    weights = torch.matmul(query / query.size(-1) ** 0.5, key.transpose(-2, -1))
    if attn_mask is not None:
        weights = weights + attn_mask
    weights = softmax(weights, -1)
    if dropout_p > 0.0:
        weights = dropout(weights, dropout_p)
    return torch.matmul(weights, value), weights


def scaled_dot_product_attention(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None):
    if is_causal:
        attn_mask = torch.ones(query.size(-2), key.size(-2), dtype=torch.bool, device=query.device).tril()
    if attn_mask is not None and attn_mask.dtype == torch.bool:
        # What is true here takes part.
        attn_mask = _additive(~attn_mask, query)
    if scale is not None:
        query = query * (scale * query.size(-1) ** 0.5)
    return _scaled_dot_product_attention(query, key, value, attn_mask, dropout_p)[0]
