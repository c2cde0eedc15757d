# `torch.nn.utils.parametrize`: parameters that are computed from others whenever they are asked for.

import torch
from torch.nn import Module, ModuleDict, ModuleList, Parameter

_cached = {}
_caching = 0


class cached:
    def __enter__(self):
        global _caching
        _caching += 1

    def __exit__(self, *args):
        global _caching
        _caching -= 1
        if not _caching:
            _cached.clear()


class ParametrizationList(ModuleList):
    def __init__(self, modules, original, unsafe=False):
        super().__init__(modules)
        self.unsafe = unsafe
        if isinstance(original, Parameter):
            self.original = original
        else:
            self.register_buffer("original", original)
        before = original.detach().clone()
        if any(hasattr(module, "right_inverse") for module in modules):
            self.right_inverse(original.detach())
        if not unsafe:
            _compare(self(), before)

    def right_inverse(self, value):
        with torch.no_grad():
            for module in reversed(list(self)):
                if not hasattr(module, "right_inverse"):
                    raise RuntimeError("parametrization %s does not implement right_inverse." % type(module).__name__)
                value = module.right_inverse(value)
            if not isinstance(value, torch.Tensor):
                raise NotImplementedError("a right_inverse that gives several tensors is not part of Seegrad")
            self.original.data = value.detach().clone()

    def forward(self):
        value = self.original
        for module in self:
            value = module(value)
        return value


def _compare(new, old):
    if not isinstance(new, torch.Tensor):
        raise ValueError("A parametrization must return a tensor. Got %s." % type(new).__name__)
    for name in ("dtype", "shape"):
        x, y = getattr(new, name), getattr(old, name)
        if x != y:
            raise ValueError("Registering a parametrization may not change the %s of the tensor, unless the `unsafe` flag is enabled.\nunparametrized %s: %s\nparametrized %s: %s" % (name, name, y, name, x))


def _property(name):
    def get(self):
        if not _caching:
            return self.parametrizations[name]()
        key = id(self), name
        if key not in _cached:
            _cached[key] = self.parametrizations[name]()
        return _cached[key]

    def set(self, value):
        self.parametrizations[name].right_inverse(value)

    return property(get, set)


def _give_class(module, base):
    # A class of its own for a module, with the properties that it has now; or the class that it had before.
    names = module._modules["parametrizations"] if "parametrizations" in module._modules else ()
    made = type("Parametrized" + base.__name__, (base,), {name: _property(name) for name in names}) if names else base
    module.__class__ = made


def type_before_parametrizations(module):
    return module.__class__.__bases__[0] if is_parametrized(module) else type(module)


def is_parametrized(module, tensor_name=None):
    known = module._modules.get("parametrizations")
    if not isinstance(known, ModuleDict):
        return False
    return len(known) > 0 if tensor_name is None else tensor_name in known


def register_parametrization(module, tensor_name, parametrization, *, unsafe=False):
    parametrization.train(module.training)
    if is_parametrized(module, tensor_name):
        known = module.parametrizations[tensor_name]
        if not unsafe:
            value = getattr(module, tensor_name)
            _compare(parametrization(value), value)
        known.append(parametrization)
        known.unsafe = known.unsafe or unsafe
    elif tensor_name in module._parameters or tensor_name in module._buffers:
        original = getattr(module, tensor_name)
        made = ParametrizationList([parametrization], original, unsafe)
        base = type_before_parametrizations(module)
        delattr(module, tensor_name)
        if not is_parametrized(module):
            module.parametrizations = ModuleDict()
        module.parametrizations[tensor_name] = made
        _give_class(module, base)
    else:
        raise ValueError("Module '%s' does not have a parameter, a buffer, or a parametrized element with name '%s'" % (module, tensor_name))
    return module


def remove_parametrizations(module, tensor_name, leave_parametrized=True):
    if not is_parametrized(module, tensor_name):
        raise ValueError("Module %s does not have a parametrization on %s" % (module, tensor_name))
    base = type_before_parametrizations(module)
    known = module.parametrizations[tensor_name]
    original = known.original
    if leave_parametrized:
        with torch.no_grad():
            value = known()
        if isinstance(original, Parameter):
            original.data = value
        else:
            original = value
    del module.parametrizations[tensor_name]
    _give_class(module, base)
    if isinstance(original, Parameter):
        module.register_parameter(tensor_name, original)
    else:
        module.register_buffer(tensor_name, original)
    if not len(module.parametrizations):
        del module.parametrizations
    return module
