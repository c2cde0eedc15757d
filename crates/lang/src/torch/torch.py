# The part of `torch` that is written in Python.

from math import e, inf, nan, pi

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


def combinations(input, r=2, with_replacement=False):
    from itertools import combinations as choose, combinations_with_replacement

    n = input.numel()
    places = list((combinations_with_replacement if with_replacement else choose)(range(n), r))
    if not places:
        return input.new_empty((0, r))
    return input[tensor(places)]


def block_diag(*tensors):
    blocks = [atleast_2d(t) for t in tensors]
    out = zeros(sum(b.shape[0] for b in blocks), sum(b.shape[1] for b in blocks), dtype=blocks[0].dtype)
    row = column = 0
    for b in blocks:
        out[row:row + b.shape[0], column:column + b.shape[1]] = b
        row += b.shape[0]
        column += b.shape[1]
    return out


def quantile(input, q, dim=None, keepdim=False, interpolation="linear"):
    if not isinstance(q, Tensor):
        q = tensor(q, dtype=input.dtype)
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
    single = not isinstance(values, Tensor)
    if single:
        values = tensor(values)
    if side == "right":
        right = True
    row = sorted_sequence.unsqueeze(-2)
    column = values.unsqueeze(-1)
    found = (row <= column if right else row < column).sum(-1)
    return found


def bucketize(input, boundaries, *, out_int32=False, right=False):
    return searchsorted(boundaries, input, right=right)




import torch.autograd
import torch.cuda
import torch.backends
import torch.linalg
import torch.jit
import torch.nn
import torch.optim
import torch.utils
