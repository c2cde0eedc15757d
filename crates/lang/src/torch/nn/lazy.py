__name__ = "torch.nn.modules.lazy"


class _Lazy:
    # A layer that is told by its first input how wide that is. Its parameters are there from the beginning, without elements.
    _dim = 1

    def reset_parameters(self):
        # Nothing is drawn before that.
        pass

    def forward(self, input):
        size = input.shape[self._dim]
        with torch.no_grad():
            self._widen(size)
        self.__class__ = self._layer
        self.reset_parameters()
        return self.forward(input)


def _grow(parameter, shape):
    if parameter is not None:
        parameter.data = parameter.new_zeros(shape)


__name__ = "torch.nn.modules.linear"


class LazyLinear(_Lazy, Linear):
    _layer = Linear
    _dim = -1

    def __init__(self, out_features, bias=True, device=None, dtype=None):
        super().__init__(0, out_features, bias, device, dtype)

    def _widen(self, size):
        self.in_features = size
        _grow(self.weight, (self.out_features, size))


__name__ = "torch.nn.modules.conv"


class _LazyConv(_Lazy):
    def _widen(self, size):
        self.in_channels = size
        front = (size, self.out_channels // self.groups) if self.transposed else (self.out_channels, size // self.groups)
        _grow(self.weight, front + self.kernel_size)


class LazyConv1d(_LazyConv, Conv1d):
    _layer = Conv1d
    _dim = -2

    def __init__(self, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None):
        super().__init__(0, out_channels, kernel_size, stride, padding, dilation, groups, bias, padding_mode, device, dtype)


class LazyConv2d(_LazyConv, Conv2d):
    _layer = Conv2d
    _dim = -3

    def __init__(self, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None):
        super().__init__(0, out_channels, kernel_size, stride, padding, dilation, groups, bias, padding_mode, device, dtype)


class LazyConvTranspose1d(_LazyConv, ConvTranspose1d):
    _layer = ConvTranspose1d
    _dim = -2

    def __init__(self, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None):
        super().__init__(0, out_channels, kernel_size, stride, padding, output_padding, groups, bias, dilation, padding_mode, device, dtype)


class LazyConvTranspose2d(_LazyConv, ConvTranspose2d):
    _layer = ConvTranspose2d
    _dim = -3

    def __init__(self, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None):
        super().__init__(0, out_channels, kernel_size, stride, padding, output_padding, groups, bias, dilation, padding_mode, device, dtype)


__name__ = "torch.nn.modules.batchnorm"


class _LazyNorm(_Lazy):
    def __init__(self, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None):
        super().__init__(0, eps, momentum, affine, track_running_stats, device, dtype)

    def _widen(self, size):
        self.num_features = size
        for parameter in (self.weight, self.bias, self.running_mean, self.running_var):
            _grow(parameter, (size,))


class LazyBatchNorm1d(_LazyNorm, BatchNorm1d):
    _layer = BatchNorm1d


class LazyBatchNorm2d(_LazyNorm, BatchNorm2d):
    _layer = BatchNorm2d


