# Jacobians and Hessians, row by row.

import torch
from torch.autograd import grad


def _leaves(inputs, create_graph):
    single = isinstance(inputs, torch.Tensor)
    items = (inputs,) if single else tuple(inputs)
    if create_graph:
        return single, tuple(x.view_as(x) if x.requires_grad else x.detach().requires_grad_() for x in items)
    return single, tuple(x.detach().requires_grad_() for x in items)


def _rows(output, xs, create_graph):
    # For each input, the derivatives of all elements of the output.
    flat = output.reshape(-1)
    found = []
    for i in range(flat.numel()):
        if flat.requires_grad:
            rows = grad(flat[i], xs, retain_graph=True, create_graph=create_graph, allow_unused=True)
        else:
            rows = [None] * len(xs)
        found.append([torch.zeros_like(x) if g is None else g for g, x in zip(rows, xs)])
    return tuple(torch.stack([rows[k] for rows in found]).reshape(output.shape + x.shape) for k, x in enumerate(xs))


def jacobian(func, inputs, create_graph=False, strict=False, vectorize=False, strategy="reverse-mode"):
    with torch.enable_grad():
        single, xs = _leaves(inputs, create_graph)
        outputs = func(*xs)
        if isinstance(outputs, torch.Tensor):
            rows = _rows(outputs, xs, create_graph)
            return rows[0] if single else rows
        rows = tuple(_rows(output, xs, create_graph) for output in outputs)
        return tuple(row[0] for row in rows) if single else rows


def hessian(func, inputs, create_graph=False, strict=False, vectorize=False, outer_jacobian_strategy="reverse-mode"):
    def gradient(*xs):
        output = func(*xs)
        if output.numel() != 1:
            raise RuntimeError("The Tensor returned by the function given to hessian should contain a single element")
        found = grad(output.reshape(()), xs, create_graph=True, allow_unused=True)
        found = tuple(torch.zeros_like(x) if g is None else g for g, x in zip(found, xs))
        return found[0] if len(xs) == 1 else found

    return jacobian(gradient, inputs, create_graph)


def vjp(func, inputs, v=None, create_graph=False, strict=False):
    with torch.enable_grad():
        single, xs = _leaves(inputs, create_graph)
        outputs = func(*xs)
        found = grad(outputs, xs, v, create_graph=create_graph, allow_unused=True)
        found = tuple(torch.zeros_like(x) if g is None else g for g, x in zip(found, xs))
        return outputs if create_graph else outputs.detach(), found[0] if single else found


def hvp(func, inputs, v=None, create_graph=False, strict=False):
    with torch.enable_grad():
        single, xs = _leaves(inputs, create_graph)
        output = func(*xs)
        first = grad(output, xs, create_graph=True)
        found = grad(first, xs, v, create_graph=create_graph, allow_unused=True)
        found = tuple(torch.zeros_like(x) if g is None else g for g, x in zip(found, xs))
        return output if create_graph else output.detach(), found[0] if single else found


# The matrix is symmetric: it does not matter from which side the vector comes.
vhp = hvp


def jvp(func, inputs, v=None, create_graph=False, strict=False):
    # The derivative of vᵀ·J by v, which is linear in v.
    with torch.enable_grad():
        single, xs = _leaves(inputs, create_graph)
        outputs = func(*xs)
        one = isinstance(outputs, torch.Tensor)
        known = (outputs,) if one else tuple(outputs)
        if v is None:
            if sum(x.numel() for x in xs) != 1:
                raise RuntimeError("The vector v can only be None if the input to the user-provided function is a single Tensor with a single element.")
            v = torch.ones_like(xs[0])
        vs = (v,) if isinstance(v, torch.Tensor) else tuple(v)
        seeds = tuple(torch.zeros_like(o).requires_grad_() for o in known)
        back = grad(known, xs, seeds, create_graph=True, allow_unused=True)
        pairs = [(b, w) for b, w in zip(back, vs) if b is not None and b.requires_grad]
        found = [None] * len(seeds)
        if pairs:
            found = grad([b for b, _ in pairs], seeds, [w for _, w in pairs], create_graph=create_graph, allow_unused=True)
        found = tuple(torch.zeros_like(s) if g is None else g for g, s in zip(found, seeds))
        if not create_graph:
            known = tuple(o.detach() for o in known)
        return (known[0], found[0]) if one else (known, found)
