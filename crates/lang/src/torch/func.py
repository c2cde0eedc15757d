# `torch.func`: functions of functions. Derivatives are those of `torch.autograd`; `vmap` calls a function for each element.

from functools import wraps

import torch

# The leaves that the running transforms have made, innermost last.
_levels = []


class _Level:
    def __init__(self, leaves=None):
        self._leaves = [] if leaves is None else leaves

    def __enter__(self):
        _levels.append(self._leaves)
        self._grad = torch.is_grad_enabled()
        torch._set_grad(True)
        return self._leaves

    def __exit__(self, *args):
        torch._set_grad(self._grad)
        _levels.pop()


def _map(f, tree):
    if isinstance(tree, dict):
        return type(tree)((key, _map(f, value)) for key, value in tree.items())
    if isinstance(tree, (list, tuple)):
        items = [_map(f, item) for item in tree]
        return type(tree)(*items) if hasattr(tree, "_fields") else type(tree)(items)
    return f(tree)


def _flat(tree):
    if isinstance(tree, dict):
        tree = tree.values()
    elif not isinstance(tree, (list, tuple)):
        return [tree]
    return [leaf for item in tree for leaf in _flat(item)]


def _filled(tree, items):
    items = iter(items)
    return _map(lambda _: next(items), tree)


def _node(x):
    return x.view_as(x).grad_fn


def _entered(x):
    # What a function is given in the place of a tensor, to be differentiated by.
    if not isinstance(x, torch.Tensor) or not x.is_floating_point():
        return x
    if x.requires_grad:
        return x.view_as(x)
    x = x.detach().requires_grad_()
    _levels[-1].append(_node(x).next_functions[0][0])
    return x


def _stays(tensors):
    # Whether the derivative of these is differentiated again: by a transform around this one, or by what is no leaf of ours.
    if len(_levels) > 1:
        return True
    own, seen = set(_levels[0]), set()
    todo = [_node(x) for x in tensors if x.requires_grad]
    while todo:
        node = todo.pop()
        if node is None or node in seen or node in own:
            continue
        seen.add(node)
        if node.name().endswith("AccumulateGrad"):
            return True
        todo.extend([next for next, _ in node.next_functions])
    return False


def _left(tree, stays):
    return tree if stays else _map(lambda x: x.detach() if isinstance(x, torch.Tensor) else x, tree)


def _slopes(outputs, seeds, wanted, keep):
    # The derivatives by the tensors of a tree, in the shape of that tree.
    known = [(o, s) for o, s in zip(outputs, seeds) if o.requires_grad]
    xs = _flat(wanted)
    found = [None] * len(xs)
    if known:
        found = torch.autograd.grad([o for o, _ in known], xs, [s for _, s in known], retain_graph=True, create_graph=keep, allow_unused=True)
    return _filled(wanted, [torch.zeros_like(x) if g is None else g for g, x in zip(found, xs)])


def _chosen(args, argnums):
    # The arguments, and those to differentiate by.
    args = list(args)
    for i in (argnums,) if isinstance(argnums, int) else argnums:
        args[i] = _map(_entered, args[i])
    return args, args[argnums] if isinstance(argnums, int) else tuple(args[i] for i in argnums)


def _parted(out, has_aux, name):
    if not has_aux:
        return out, None
    if not isinstance(out, tuple) or len(out) != 2:
        raise RuntimeError("%s: output of function f should be a tuple: (output, aux) if has_aux is True" % name)
    return out


def grad_and_value(func, argnums=0, has_aux=False):
    @wraps(func)
    def wrapper(*args, **kwargs):
        with _Level():
            args, wanted = _chosen(args, argnums)
            out, aux = _parted(func(*args, **kwargs), has_aux, "grad_and_value")
            if not isinstance(out, torch.Tensor):
                raise RuntimeError("grad_and_value(f)(*args): Expected f(*args) to return a scalar Tensor, got %s" % type(out))
            if out.dim() != 0:
                raise RuntimeError("grad_and_value(f)(*args): Expected f(*args) to return a scalar Tensor, got tensor with %d dims. Did you forget to call .sum()/.mean()?" % out.dim())
            stays = _stays([out])
            found = _left(_slopes([out], [torch.ones_like(out)], wanted, stays), stays)
            out, aux = _left(out, stays), _left(aux, stays)
            return found, (out, aux) if has_aux else out

    return wrapper


def grad(func, argnums=0, has_aux=False):
    both = grad_and_value(func, argnums, has_aux)

    @wraps(func)
    def wrapper(*args, **kwargs):
        found, value = both(*args, **kwargs)
        return (found, value[1]) if has_aux else found

    return wrapper


def vjp(func, *primals, has_aux=False):
    with _Level() as leaves:
        xs = _map(_entered, primals)
        out, aux = _parted(func(*xs), has_aux, "vjp")
        flat = _flat(out)
        stays = _stays(flat)
        result = _left(out, stays)

    def vjp_fn(cotangents, retain_graph=True, create_graph=None):
        seeds = _flat(cotangents)
        with _Level(leaves):
            stays = _stays(flat + seeds)
            return _left(_slopes(flat, seeds, xs, stays), stays)

    return (result, vjp_fn, _left(aux, stays)) if has_aux else (result, vjp_fn)


def jvp(func, primals, tangents, *, strict=False, has_aux=False):
    with _Level():
        xs = _map(_entered, tuple(primals))
        out, aux = _parted(func(*xs), has_aux, "jvp")
        flat, directions = _flat(out), _flat(tuple(tangents))
        stays = _stays(flat + directions)
        # The derivative of vᵀ·J by v, which is linear in v.
        seeds = [_entered(torch.zeros_like(o)) for o in flat]
        back = _flat(_slopes(flat, seeds, xs, True))
        found = _slopes(back, directions, seeds, stays)
        result = _left(out, stays), _filled(out, _left(found, stays))
        return result + (_left(aux, stays),) if has_aux else result


def _jacobian(func, argnums, has_aux, name):
    @wraps(func)
    def wrapper(*args, **kwargs):
        with _Level():
            args, wanted = _chosen(args, argnums)
            out, aux = _parted(func(*args, **kwargs), has_aux, name)
            stays = _stays(_flat(out))
            found = _left(_map(lambda o: _rows(o, wanted, stays), out), stays)
            return (found, _left(aux, stays)) if has_aux else found

    return wrapper


def _rows(output, wanted, keep):
    one = torch.ones((), dtype=output.dtype, device=output.device)
    rows = [_flat(_slopes([o], [one], wanted, keep)) for o in output.reshape(-1).unbind()]
    return _filled(wanted, [torch.stack(column).reshape(output.shape + column[0].shape) for column in zip(*rows)])


def jacrev(func, argnums=0, *, has_aux=False, chunk_size=None):
    return _jacobian(func, argnums, has_aux, "jacrev")


def jacfwd(func, argnums=0, has_aux=False, *, randomness="error"):
    return _jacobian(func, argnums, has_aux, "jacfwd")


def hessian(func, argnums=0):
    return jacfwd(jacrev(func, argnums), argnums)


def _spread(dims, tree):
    # For each leaf of a tree, the dimension that is said for it or for all around it.
    if isinstance(tree, dict):
        return [d for key in tree for d in _spread(dims[key] if isinstance(dims, dict) else dims, tree[key])]
    if not isinstance(tree, (list, tuple)):
        return [dims]
    each = dims if isinstance(dims, (list, tuple)) else [dims] * len(tree)
    if len(each) != len(tree):
        raise ValueError("vmap: dims %s do not fit the structure of what they are for" % (dims,))
    return [d for dim, item in zip(each, tree) for d in _spread(dim, item)]


def vmap(func, in_dims=0, out_dims=0, randomness="error", *, chunk_size=None):
    if randomness not in ("error", "different", "same"):
        raise RuntimeError("Only allowed values for randomness are 'error', 'different', or 'same'. Got %s" % randomness)

    @wraps(func)
    def wrapper(*args, **kwargs):
        leaves, dims = _flat(args), _spread(in_dims, args)
        dims = [d if isinstance(x, torch.Tensor) else None for d, x in zip(dims, leaves)] if isinstance(in_dims, int) else dims
        sizes = [x.size(d) for d, x in zip(dims, leaves) if d is not None]
        if not sizes:
            raise ValueError("vmap: at least one of the inputs must be a tensor with a dimension to map over")
        if len(set(sizes)) > 1:
            raise ValueError("vmap: Expected all tensors to have the same size in the mapped dimension, got sizes %s for the mapped dimension" % sizes)
        columns = [[x] * sizes[0] if d is None else x.unbind(d) for d, x in zip(dims, leaves)]
        start = torch.get_rng_state()
        outs = []
        for row in zip(*columns):
            if randomness == "same":
                torch.set_rng_state(start)
            outs.append(func(*_filled(args, row), **kwargs))
        flat = list(zip(*[_flat(out) for out in outs]))
        for column in flat:
            if not isinstance(column[0], torch.Tensor):
                raise ValueError("vmap: the function must only return Tensors, got type %s" % type(column[0]))
        if isinstance(outs[0], tuple) and out_dims == (0,) * len(outs[0]):
            ends = [0] * len(flat)
        else:
            ends = _spread(out_dims, outs[0])
        return _filled(outs[0], [column[0] if d is None else torch.stack(column, d) for d, column in zip(ends, flat)])

    return wrapper


def functional_call(module, parameters_and_buffers, args=(), kwargs=None):
    if isinstance(parameters_and_buffers, (tuple, list)):
        parameters_and_buffers = {key: value for one in parameters_and_buffers for key, value in one.items()}
    before = []
    try:
        for path, value in parameters_and_buffers.items():
            place, _, name = path.rpartition(".")
            owner = module.get_submodule(place)
            known = [own for own in (owner._parameters, owner._buffers) if name in own]
            if not known:
                raise AttributeError("%s has no attribute `%s`" % (owner._get_name(), name))
            before.append((known[0], name, known[0][name]))
            known[0][name] = value
        return module(*(args if isinstance(args, tuple) else (args,)), **(kwargs or {}))
    finally:
        for own, name, value in reversed(before):
            own[name] = value


def _stacked(dicts):
    return {key: torch.stack([one[key].detach() for one in dicts]) for key in dicts[0]}


def stack_module_state(models):
    if not models:
        raise RuntimeError("stack_module_state: Expected at least one model, got 0.")
    if len({m.training for m in models}) > 1:
        raise RuntimeError("stack_module_state: Expected all models to have the same training/eval mode.")
    if len({type(m) for m in models}) > 1:
        raise RuntimeError("stack_module_state: Expected all models to be of the same class.")
    params = _stacked([dict(m.named_parameters()) for m in models])
    for name, parameter in models[0].named_parameters():
        params[name].requires_grad_(parameter.requires_grad)
    return params, _stacked([dict(m.named_buffers()) for m in models])
