def _pair(value):
    return tuple(value) if isinstance(value, (tuple, list)) else (value, value)


def _single(value):
    return tuple(value) if isinstance(value, (tuple, list)) else (value,)


def _fresh(shape, device, dtype):
    return Parameter(torch.empty(shape, device=device, dtype=dtype))


__name__ = "torch.nn.modules.linear"


class Identity(Module):
    def __init__(self, *args, **kwargs):
        super().__init__()

    def forward(self, input):
        return input


class Linear(Module):
    def __init__(self, in_features, out_features, bias=True, device=None, dtype=None):
        super().__init__()
        self.in_features = in_features
        self.out_features = out_features
        self.weight = _fresh((out_features, in_features), device, dtype)
        self.register_parameter("bias", _fresh((out_features,), device, dtype) if bias else None)
        self.reset_parameters()

    def reset_parameters(self):
        _draw_linear(self.weight, self.bias)

    def forward(self, input):
        return F.linear(input, self.weight, self.bias)

    def extra_repr(self):
        return "in_features=%s, out_features=%s, bias=%s" % (self.in_features, self.out_features, self.bias is not None)


class Bilinear(Module):
    def __init__(self, in1_features, in2_features, out_features, bias=True, device=None, dtype=None):
        super().__init__()
        self.in1_features = in1_features
        self.in2_features = in2_features
        self.out_features = out_features
        self.weight = _fresh((out_features, in1_features, in2_features), device, dtype)
        self.register_parameter("bias", _fresh((out_features,), device, dtype) if bias else None)
        self.reset_parameters()

    def reset_parameters(self):
        bound = 1 / self.weight.size(1) ** 0.5
        with torch.no_grad():
            self.weight.uniform_(-bound, bound)
            if self.bias is not None:
                self.bias.uniform_(-bound, bound)

    def forward(self, input1, input2):
        return F.bilinear(input1, input2, self.weight, self.bias)

    def extra_repr(self):
        sizes = (self.in1_features, self.in2_features, self.out_features, self.bias is not None)
        return "in1_features=%s, in2_features=%s, out_features=%s, bias=%s" % sizes


__name__ = "torch.nn.modules.conv"


class _Conv(Module):
    _dims = 2
    _transposed = False

    def __init__(self, in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias, padding_mode, output_padding=0, device=None, dtype=None):
        super().__init__()
        if in_channels % groups != 0:
            raise ValueError("in_channels must be divisible by groups")
        if out_channels % groups != 0:
            raise ValueError("out_channels must be divisible by groups")
        if isinstance(padding, str) and padding not in ("same", "valid"):
            raise ValueError("Invalid padding string %r, should be one of ['same', 'valid']" % padding)
        if padding_mode not in ("zeros", "reflect", "replicate", "circular"):
            raise ValueError("padding_mode must be one of ['zeros', 'reflect', 'replicate', 'circular'], but got padding_mode='%s'" % padding_mode)
        sizes = self._sizes
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = sizes(kernel_size)
        self.stride = sizes(stride)
        self.padding = padding if isinstance(padding, str) else sizes(padding)
        self.dilation = sizes(dilation)
        self.transposed = self._transposed
        self.output_padding = sizes(output_padding)
        self.groups = groups
        self.padding_mode = padding_mode
        if padding == "same" and any(n != 1 for n in self.stride):
            raise ValueError("padding='same' is not supported for strided convolutions")
        front = (in_channels, out_channels // groups) if self._transposed else (out_channels, in_channels // groups)
        self.weight = _fresh(front + self.kernel_size, device, dtype)
        self.register_parameter("bias", _fresh((out_channels,), device, dtype) if bias else None)
        self.reset_parameters()

    def _sizes(self, value):
        return F._times(value, self._dims)

    def reset_parameters(self):
        _draw_linear(self.weight, self.bias)

    def _margin(self):
        # What `F.pad` is told where the margin is not of zeros: the last dimension first.
        margin = []
        for kernel, dilation, i in reversed(list(zip(self.kernel_size, self.dilation, range(self._dims)))):
            if self.padding == "same":
                total = dilation * (kernel - 1)
                margin += [total // 2, total - total // 2]
            else:
                margin += [0, 0] if self.padding == "valid" else [self.padding[i], self.padding[i]]
        return margin

    def _conv_forward(self, input, weight, bias):
        run = (F.conv1d, F.conv2d, F.conv3d)[self._dims - 1]
        padding = self.padding
        if self.padding_mode != "zeros":
            input = F.pad(input, self._margin(), mode=self.padding_mode)
            padding = 0
        return run(input, weight, bias, self.stride, padding, self.dilation, self.groups)

    def forward(self, input):
        return self._conv_forward(input, self.weight, self.bias)

    def extra_repr(self):
        text = "%s, %s, kernel_size=%s, stride=%s" % (self.in_channels, self.out_channels, self.kernel_size, self.stride)
        if isinstance(self.padding, str) or any(self.padding):
            text += ", padding=%s" % (self.padding,)
        if any(n != 1 for n in self.dilation):
            text += ", dilation=%s" % (self.dilation,)
        if any(self.output_padding):
            text += ", output_padding=%s" % (self.output_padding,)
        if self.groups != 1:
            text += ", groups=%s" % self.groups
        if self.bias is None:
            text += ", bias=False"
        if self.padding_mode != "zeros":
            text += ", padding_mode=" + self.padding_mode
        return text


class _Plain(_Conv):
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None):
        super().__init__(in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias, padding_mode, 0, device, dtype)


class Conv1d(_Plain):
    _dims = 1


class Conv2d(_Plain):
    pass


class Conv3d(_Plain):
    _dims = 3


class _ConvTranspose(_Conv):
    _transposed = True

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None):
        if padding_mode != "zeros":
            raise ValueError('Only "zeros" padding mode is supported for %s' % type(self).__name__)
        super().__init__(in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias, padding_mode, output_padding, device, dtype)

    def forward(self, input, output_size=None):
        more = self.output_padding
        if output_size is not None:
            more = []
            for i in range(-self._dims, 0):
                least = (input.size(i) - 1) * self.stride[i] - 2 * self.padding[i] + self.dilation[i] * (self.kernel_size[i] - 1) + 1
                more.append(output_size[i] - least)
        return self._run(input, self.weight, self.bias, self.stride, self.padding, more, self.groups, self.dilation)


class ConvTranspose1d(_ConvTranspose):
    _dims = 1
    _run = staticmethod(F.conv_transpose1d)


class ConvTranspose2d(_ConvTranspose):
    _run = staticmethod(F.conv_transpose2d)


__name__ = "torch.nn.modules.pooling"


class _MaxPool(Module):
    def __init__(self, kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = stride if stride is not None else kernel_size
        self.padding = padding
        self.dilation = dilation
        self.return_indices = return_indices
        self.ceil_mode = ceil_mode

    def forward(self, input):
        return self._run(input, self.kernel_size, self.stride, self.padding, self.dilation, self.ceil_mode, self.return_indices)

    def extra_repr(self):
        options = (self.kernel_size, self.stride, self.padding, self.dilation, self.ceil_mode)
        return "kernel_size=%s, stride=%s, padding=%s, dilation=%s, ceil_mode=%s" % options


class MaxPool1d(_MaxPool):
    _run = staticmethod(F.max_pool1d)


class MaxPool2d(_MaxPool):
    _run = staticmethod(F.max_pool2d)


class AvgPool1d(Module):
    def __init__(self, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
        super().__init__()
        self.kernel_size = _single(kernel_size)
        self.stride = _single(stride if stride is not None else kernel_size)
        self.padding = _single(padding)
        self.ceil_mode = ceil_mode
        self.count_include_pad = count_include_pad

    def forward(self, input):
        return F.avg_pool1d(input, self.kernel_size, self.stride, self.padding, self.ceil_mode, self.count_include_pad)

    def extra_repr(self):
        return "kernel_size=%s, stride=%s, padding=%s" % (self.kernel_size, self.stride, self.padding)


class _AvgPool(Module):
    def __init__(self, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = stride if stride is not None else kernel_size
        self.padding = padding
        self.ceil_mode = ceil_mode
        self.count_include_pad = count_include_pad
        self.divisor_override = divisor_override

    def forward(self, input):
        return self._run(input, self.kernel_size, self.stride, self.padding, self.ceil_mode, self.count_include_pad, self.divisor_override)

    def extra_repr(self):
        return "kernel_size=%s, stride=%s, padding=%s" % (self.kernel_size, self.stride, self.padding)


class AvgPool2d(_AvgPool):
    _run = staticmethod(F.avg_pool2d)


class _AdaptivePool(Module):
    def __init__(self, output_size):
        super().__init__()
        self.output_size = output_size

    def forward(self, input):
        return self._run(input, self.output_size)

    def extra_repr(self):
        return "output_size=%s" % (self.output_size,)


class AdaptiveAvgPool1d(_AdaptivePool):
    _run = staticmethod(F.adaptive_avg_pool1d)


class AdaptiveAvgPool2d(_AdaptivePool):
    _run = staticmethod(F.adaptive_avg_pool2d)


class AdaptiveMaxPool2d(_AdaptivePool):
    _run = staticmethod(F.adaptive_max_pool2d)


__name__ = "torch.nn.modules.sparse"


class Embedding(Module):
    def __init__(self, num_embeddings, embedding_dim, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False, _weight=None, device=None, dtype=None):
        super().__init__()
        if padding_idx is not None:
            if not -num_embeddings <= padding_idx < num_embeddings:
                raise AssertionError("Padding_idx must be within num_embeddings")
            padding_idx %= num_embeddings
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.padding_idx = padding_idx
        self.max_norm = max_norm
        if _weight is not None:
            self.weight = Parameter(_weight)
        else:
            self.weight = _fresh((num_embeddings, embedding_dim), device, dtype)
            self.reset_parameters()

    def reset_parameters(self):
        _draw_embedding(self.weight, self.padding_idx)

    def forward(self, input):
        return F.embedding(input, self.weight, self.padding_idx, self.max_norm)

    def extra_repr(self):
        text = "%s, %s" % (self.num_embeddings, self.embedding_dim)
        if self.padding_idx is not None:
            text += ", padding_idx=%s" % self.padding_idx
        return text

    @classmethod
    def from_pretrained(cls, embeddings, freeze=True, padding_idx=None, **options):
        made = cls(embeddings.shape[0], embeddings.shape[1], padding_idx=padding_idx, _weight=embeddings)
        made.weight.requires_grad = not freeze
        return made


class EmbeddingBag(Module):
    def __init__(self, num_embeddings, embedding_dim, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, mode="mean", sparse=False, _weight=None, include_last_offset=False, padding_idx=None, device=None, dtype=None):
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.mode = mode
        self.padding_idx = padding_idx
        self.max_norm = max_norm
        if _weight is not None:
            self.weight = Parameter(_weight)
        else:
            self.weight = _fresh((num_embeddings, embedding_dim), device, dtype)
            _draw_embedding(self.weight, padding_idx)

    def forward(self, input, offsets=None, per_sample_weights=None):
        return F.embedding_bag(input, self.weight, offsets, self.max_norm, mode=self.mode, per_sample_weights=per_sample_weights, padding_idx=self.padding_idx)

    def extra_repr(self):
        return "%s, %s, mode=%r" % (self.num_embeddings, self.embedding_dim, self.mode)


