# The part of `torch.autograd` that calls functions of the program.

import torch


class FunctionCtx:
    def save_for_backward(self, *tensors):
        torch._context_save(self._context, tensors)

    def mark_dirty(self, *tensors):
        torch._context_mark(self._context, "dirty", tensors)

    def mark_non_differentiable(self, *tensors):
        torch._context_mark(self._context, "constant", tensors)

    def set_materialize_grads(self, value):
        torch._context_mark(self._context, "materialize", value)

    @property
    def saved_tensors(self):
        return torch._context_saved(self._context)

    @property
    def saved_variables(self):
        return torch._context_saved(self._context)


class Function(FunctionCtx):
    @classmethod
    def apply(cls, *args):
        ctx = FunctionCtx()
        ctx._context = torch._context_begin(*args)
        ctx._function = cls
        ctx._name = cls.__name__
        ctx._places, ctx.needs_input_grad = torch._context_needs(ctx._context, args)
        before = torch._set_grad(False)
        try:
            outputs = cls.forward(ctx, *args)
        finally:
            torch._set_grad(before)
        return torch._context_finish(ctx._context, ctx, cls.__name__, outputs)

    @staticmethod
    def forward(ctx, *args, **kwargs):
        raise NotImplementedError("You must implement the forward function for custom autograd.Function.")

    @staticmethod
    def backward(ctx, *grads):
        raise NotImplementedError("You must implement either the backward or vjp method for your custom autograd.Function to use it with backward mode AD.")


def once_differentiable(function):
    return function


class GradcheckError(RuntimeError):
    pass


def _outputs(result):
    return result if isinstance(result, (tuple, list)) else (result,)


def _numerical(func, inputs, x, eps):
    # One row for each element of x: how the elements of all outputs change with it.
    flat = x.data.view(-1) if x.is_contiguous() else x.data.reshape(-1)
    rows = []
    with torch.no_grad():
        for i in range(flat.numel()):
            old = flat[i].item()
            flat[i] = old + eps
            up = [o.clone() for o in _outputs(func(*inputs))]
            flat[i] = old - eps
            down = [o.clone() for o in _outputs(func(*inputs))]
            flat[i] = old
            rows.append([((a - b) / (2 * eps)).reshape(-1) for a, b in zip(up, down)])
    return rows


def _analytical(output, x):
    columns = []
    for k in range(output.numel()):
        seed = torch.zeros_like(output)
        seed.view(-1)[k] = 1
        (g,) = grad(output, x, seed, retain_graph=True, allow_unused=True)
        columns.append(torch.zeros_like(x).reshape(-1) if g is None else g.reshape(-1))
    return torch.stack(columns, 1)


def gradcheck(func, inputs, eps=1e-6, atol=1e-5, rtol=1e-3, raise_exception=True, check_sparse_nnz=False, nondet_tol=0.0, check_undefined_grad=True, check_grad_dtypes=False, check_batched_grad=False, fast_mode=False):
    inputs = tuple(_outputs(inputs))
    checked = [x for x in inputs if isinstance(x, torch.Tensor) and x.requires_grad]
    if not checked:
        raise ValueError("gradcheck expects at least one input tensor to require gradient, but none of the them have requires_grad=True.")
    outputs = [o for o in _outputs(func(*inputs)) if o.requires_grad]
    for j, x in enumerate(checked):
        rows = _numerical(func, inputs, x, eps)
        for i, output in enumerate(outputs):
            numerical = torch.stack([row[i] for row in rows])
            analytical = _analytical(output, x)
            if not torch.allclose(analytical, numerical, rtol, atol):
                if not raise_exception:
                    return False
                raise GradcheckError("Jacobian mismatch for output %d with respect to input %d,\nnumerical:%s\nanalytical:%s\n" % (i, j, numerical, analytical))
    return True


def gradgradcheck(func, inputs, grad_outputs=None, eps=1e-6, atol=1e-5, rtol=1e-3, raise_exception=True):
    inputs = tuple(_outputs(inputs))
    outputs = _outputs(func(*inputs))
    if grad_outputs is None:
        grad_outputs = [torch.randn_like(o).requires_grad_() for o in outputs]
    count = len(inputs)

    def first(*args):
        results = _outputs(func(*args[:count]))
        wanted = [x for x in args[:count] if isinstance(x, torch.Tensor) and x.requires_grad]
        found = grad(results, wanted, args[count:], create_graph=True, allow_unused=True)
        return tuple(g for g in found if g is not None)

    return gradcheck(first, inputs + tuple(_outputs(grad_outputs)), eps, atol, rtol, raise_exception)


class set_detect_anomaly:
    def __init__(self, mode, check_nan=True):
        pass

    def __enter__(self):
        pass

    def __exit__(self, *args):
        return None


class detect_anomaly:
    def __init__(self, check_nan=True):
        pass

    def __enter__(self):
        pass

    def __exit__(self, *args):
        return None


no_grad = torch.no_grad
enable_grad = torch.enable_grad
set_grad_enabled = torch.set_grad_enabled
inference_mode = torch.inference_mode


# What comes when it is asked for.
@property
def functional():
    import torch.autograd.functional

    return torch.autograd.functional


@property
def profiler():
    import torch.autograd.profiler

    return torch.autograd.profiler
