# `functorch`: `torch.func` by its first name, and modules as functions of their parameters.

from copy import deepcopy

from torch.func import functional_call, grad, grad_and_value, hessian, jacfwd, jacrev, jvp, stack_module_state, vjp, vmap


def make_functional_with_buffers(model, disable_autograd_tracking=False):
    model = deepcopy(model)
    params, buffers = dict(model.named_parameters()), dict(model.named_buffers())
    if disable_autograd_tracking:
        model.requires_grad_(False)

    def function(params_now, buffers_now, *args, **kwargs):
        return functional_call(model, {**dict(zip(params, params_now)), **dict(zip(buffers, buffers_now))}, args, kwargs)

    function.stateless_model = model
    return function, tuple(params.values()), tuple(buffers.values())


def make_functional(model, disable_autograd_tracking=False):
    if any(True for _ in model.buffers()):
        raise RuntimeError("make_functional(model): `model` has buffers. Please use make_functional_with_buffers(model) instead.")
    function, params, _ = make_functional_with_buffers(model, disable_autograd_tracking)

    def without(params, *args, **kwargs):
        return function(params, (), *args, **kwargs)

    without.stateless_model = function.stateless_model
    return without, params


def combine_state_for_ensemble(models):
    params, buffers = stack_module_state(models)
    return make_functional_with_buffers(models[0])[0], tuple(params.values()), tuple(buffers.values())
