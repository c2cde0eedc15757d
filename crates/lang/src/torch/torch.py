# The part of `torch` that is written in Python.

__version__ = "1.13.1"
newaxis = None


class layout:
    def __init__(self, name):
        self._name = name

    def __repr__(self):
        return "torch." + self._name


class memory_format(layout):
    pass


strided = layout("strided")
contiguous_format = memory_format("contiguous_format")
preserve_format = memory_format("preserve_format")
channels_last = memory_format("channels_last")


def _drive(walk):
    # A backward pass that has something to ask: hooks, and functions of the program.
    while True:
        event = _walk_on(walk)
        if event is None:
            return _walk_result(walk)
        if event is True:
            continue
        hook, args = event
        before = _set_grad(_walk_records(walk))
        try:
            if hook is None:
                answer = args[0]._function.backward(*args)
            else:
                answer = hook(*args)
        finally:
            _set_grad(before)
        _walk_answer(walk, args[0] if hook is None else hook, answer)


class _Mode:
    # A context manager that decorates functions too.
    def __call__(self, function):
        mode = self

        def wrapper(*args, **kwargs):
            with mode._again():
                return function(*args, **kwargs)

        wrapper.__name__ = function.__name__
        return wrapper

    def _again(self):
        return type(self)()


class no_grad(_Mode):
    def __enter__(self):
        self.prev = _set_grad(False)

    def __exit__(self, *args):
        _set_grad(self.prev)


class enable_grad(_Mode):
    def __enter__(self):
        self.prev = _set_grad(True)

    def __exit__(self, *args):
        _set_grad(self.prev)


class set_grad_enabled(_Mode):
    def __init__(self, mode):
        self.prev = _set_grad(mode)
        self.mode = mode

    def __enter__(self):
        _set_grad(self.mode)

    def __exit__(self, *args):
        _set_grad(self.prev)

    def __call__(self, function):
        _set_grad(self.prev)
        return super().__call__(function)

    def _again(self):
        return set_grad_enabled(self.mode)


class inference_mode(_Mode):
    def __init__(self, mode=True):
        self.mode = mode

    def __enter__(self):
        self.grad = is_grad_enabled()
        self.prev = _set_inference(self.mode, self.grad and not self.mode)

    def __exit__(self, *args):
        _set_inference(self.prev, self.grad)

    def _again(self):
        return inference_mode(self.mode)


def compile(model=None, **options):
    # Compiling is running fused: ops are queued, and those that follow each other share kernels.
    _set_fused(True)
    if model is None:
        return lambda function: function
    return model


def save(obj, f, *args, **kwargs):
    from torch._saving import save

    save(obj, f, *args, **kwargs)


def load(f, *args, **kwargs):
    from torch._saving import load

    return load(f, *args, **kwargs)


def set_num_threads(n):
    pass


def get_num_threads():
    return 1


def set_num_interop_threads(n):
    pass


def get_num_interop_threads():
    return 1


def use_deterministic_algorithms(mode, warn_only=False):
    pass


def set_deterministic(mode):
    pass


def set_flush_denormal(mode):
    return True


def set_warn_always(mode):
    pass


def set_float32_matmul_precision(precision):
    pass


def is_autocast_enabled():
    return False


import torch.linalg
import torch._composed
from torch._composed import block_diag, bucketize, combinations, cumulative_trapezoid, gradient, hann_window, matrix_exp
from torch._composed import pdist, scalar_tensor, searchsorted, trapezoid, trapz, vander
import torch.autograd
import torch.amp
import torch.cuda
import torch.cpu
import torch.version
import torch.backends
import torch.jit
import torch.nn
import torch.special
from torch.special import polygamma
import torch.optim
import torch.utils
from torch.amp import autocast
from torch.nn.functional import (
    adaptive_avg_pool1d, alpha_dropout, avg_pool1d, bilinear, celu, conv1d, conv2d, conv_transpose1d, conv_transpose2d, cosine_similarity, group_norm,
    hardshrink, instance_norm, layer_norm, max_pool1d, max_pool2d, pairwise_distance, pixel_shuffle, pixel_unshuffle, prelu, relu_, selu,
)


# What comes when it is asked for: most programs do not.
@property
def distributions():
    import torch.distributions

    return torch.distributions


@property
def func():
    import torch.func

    return torch.func


@property
def testing():
    import torch.testing

    return torch.testing


@property
def profiler():
    import torch.profiler

    return torch.profiler


@property
def vmap():
    from torch.func import vmap

    return vmap


def dropout(input, p, train):
    return torch.nn.functional.dropout(input, p, train)


def embedding(weight, indices, padding_idx=-1):
    return torch.nn.functional.embedding(indices, weight, None if padding_idx < 0 else padding_idx)


def batch_norm(input, weight, bias, running_mean, running_var, training, momentum, eps, cudnn_enabled=True):
    return torch.nn.functional.batch_norm(input, running_mean, running_var, weight, bias, training, momentum, eps)
