# `torch.nn.utils`.

import torch
import torch.nn.utils.rnn as rnn


def _with_gradients(parameters):
    if isinstance(parameters, torch.Tensor):
        parameters = [parameters]
    return [p for p in parameters if p.grad is not None]


def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False, foreach=None):
    parameters = _with_gradients(parameters)
    norm = _clip_norm(parameters, float(max_norm), float(norm_type))
    if error_if_nonfinite and not torch.isfinite(norm):
        raise RuntimeError("The total norm of order %s for gradients from `parameters` is non-finite, so it cannot be clipped. To disable this error and scale the gradients by the non-finite norm anyway, set `error_if_nonfinite=False`" % float(norm_type))
    return norm


def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    return clip_grad_norm_(parameters, max_norm, norm_type)


def clip_grad_value_(parameters, clip_value, foreach=None):
    _clip_value(_with_gradients(parameters), float(clip_value))


def parameters_to_vector(parameters):
    return torch.cat([p.reshape(-1) for p in parameters])


def vector_to_parameters(vec, parameters):
    if not isinstance(vec, torch.Tensor):
        raise TypeError("expected torch.Tensor, but got: %s" % type(vec).__name__)
    place = 0
    for p in parameters:
        size = p.numel()
        p.data = vec[place:place + size].view_as(p).data
        place += size


def _register(hook, module):
    kind, name = type(hook), hook.name
    if any(isinstance(known, kind) and known.name == name for known in module._forward_pre_hooks.values()):
        raise RuntimeError("Cannot register two %s hooks on the same parameter %s" % (kind._title, name))
    module.register_forward_pre_hook(hook)


def _unregister(kind, module, name):
    for key, hook in module._forward_pre_hooks.items():
        if isinstance(hook, kind) and hook.name == name:
            from torch.nn import Parameter

            with torch.no_grad():
                weight = hook.compute(module, False)
            delattr(module, name)
            hook.forget(module)
            module.register_parameter(name, Parameter(weight.detach()))
            del module._forward_pre_hooks[key]
            return module
    raise ValueError("%s of '%s' not found in %s" % (kind._title, name, module))


class _WeightNorm:
    # Before each call, the weight is computed: g · v / |v|.
    _title = "weight_norm"

    def __init__(self, name, dim):
        self.name, self.dim = name, dim

    def norm(self, v):
        if self.dim is None or self.dim == -1:
            return v.norm()
        others = [d for d in range(v.dim()) if d != self.dim]
        return v.norm(2, others, True) if others else v.abs()

    def compute(self, module, train=True):
        v = getattr(module, self.name + "_v")
        return v * (getattr(module, self.name + "_g") / self.norm(v))

    def forget(self, module):
        del module._parameters[self.name + "_g"], module._parameters[self.name + "_v"]

    def __call__(self, module, inputs):
        setattr(module, self.name, self.compute(module))


def weight_norm(module, name="weight", dim=0):
    from torch.nn import Parameter

    hook = _WeightNorm(name, dim)
    _register(hook, module)
    weight = module._parameters.pop(name)
    module.register_parameter(name + "_g", Parameter(hook.norm(weight).data))
    module.register_parameter(name + "_v", Parameter(weight.data))
    hook(module, None)
    return module


def remove_weight_norm(module, name="weight"):
    return _unregister(_WeightNorm, module, name)


class _SpectralNorm:
    # Before each call, the weight is divided by its largest singular value, of which each call in training knows more.
    _title = "spectral_norm"

    def __init__(self, name, steps, dim, eps):
        if steps <= 0:
            raise ValueError("Expected n_power_iterations to be positive, but got n_power_iterations=%s" % steps)
        self.name, self.steps, self.dim, self.eps = name, steps, dim, eps

    def matrix(self, weight):
        return weight.movedim(self.dim, 0).flatten(1)

    def compute(self, module, train):
        from torch.nn.functional import normalize

        weight, u, v = [getattr(module, self.name + end) for end in ("_orig", "_u", "_v")]
        matrix = self.matrix(weight)
        if train:
            with torch.no_grad():
                for _ in range(self.steps):
                    v.copy_(normalize(torch.mv(matrix.t(), u), dim=0, eps=self.eps))
                    u.copy_(normalize(torch.mv(matrix, v), dim=0, eps=self.eps))
                u, v = u.clone(), v.clone()
        return weight / torch.dot(u, torch.mv(matrix, v))

    def forget(self, module):
        del module._buffers[self.name + "_u"], module._buffers[self.name + "_v"], module._parameters[self.name + "_orig"]

    def __call__(self, module, inputs):
        setattr(module, self.name, self.compute(module, module.training))


def spectral_norm(module, name="weight", n_power_iterations=1, eps=1e-12, dim=None):
    from torch.nn.functional import normalize

    if dim is None:
        dim = 1 if getattr(module, "transposed", False) else 0
    hook = _SpectralNorm(name, n_power_iterations, dim, eps)
    _register(hook, module)
    weight = module._parameters.pop(name)
    module.register_parameter(name + "_orig", weight)
    setattr(module, name, weight.data)
    for end, size in zip(("_u", "_v"), hook.matrix(weight).shape):
        module.register_buffer(name + end, normalize(weight.new_empty(size).normal_(0, 1).detach(), dim=0, eps=eps))
    return module


def remove_spectral_norm(module, name="weight"):
    return _unregister(_SpectralNorm, module, name)


# What comes when it is asked for.
@property
def parametrize():
    import torch.nn.utils.parametrize

    return torch.nn.utils.parametrize
