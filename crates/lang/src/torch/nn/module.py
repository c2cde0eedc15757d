# `torch.nn`, the part in Python. First of all `Module`; what it is made of natively is in `module.rs` and `register.rs`.

import copy
from collections import OrderedDict

import torch
import torch.nn.functional as F
import torch.nn.init as init
import torch.nn.utils as utils
from torch.nn.utils.rnn import PackedSequence as _PackedSequence


class _IncompatibleKeys(tuple):
    # What `load_state_dict` gives: the names that were missing, and those that were too many.
    def __new__(cls, missing_keys, unexpected_keys):
        return tuple.__new__(cls, (missing_keys, unexpected_keys))

    @property
    def missing_keys(self):
        return self[0]

    @property
    def unexpected_keys(self):
        return self[1]

    def __repr__(self):
        if not self[0] and not self[1]:
            return "<All keys matched successfully>"
        return "_IncompatibleKeys(missing_keys=%r, unexpected_keys=%r)" % (self[0], self[1])

    __str__ = __repr__


class RemovableHandle:
    def __init__(self, hooks, key):
        self.hooks = hooks
        self.id = key

    def remove(self):
        self.hooks.pop(self.id, None)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.remove()


def _add_hook(hooks, hook):
    key = max(hooks, default=-1) + 1
    hooks[key] = hook
    return RemovableHandle(hooks, key)


def _indent(text):
    return text.replace("\n", "\n  ")


def _join(prefix, name):
    return prefix + "." + name if prefix else name


__name__ = "torch.nn.modules.module"


class Module(_Module):
    def __init__(self):
        self.training = True
        self._parameters = OrderedDict()
        self._buffers = OrderedDict()
        self._non_persistent_buffers_set = set()
        self._backward_hooks = OrderedDict()
        self._forward_hooks = OrderedDict()
        self._forward_pre_hooks = OrderedDict()
        self._modules = OrderedDict()

    def forward(self, *input):
        raise NotImplementedError('Module [%s] is missing the required "forward" function' % type(self).__name__)

    def _call_with_hooks(self, args, names):
        for hook in list(self._forward_pre_hooks.values()):
            changed = hook(self, args)
            if changed is not None:
                args = changed if isinstance(changed, tuple) else (changed,)
        watch = None
        if self._backward_hooks:
            watch = _Backward(self, args)
            args = watch.inputs
        result = self.forward(*args, **names)
        for hook in list(self._forward_hooks.values()):
            changed = hook(self, args, result)
            if changed is not None:
                result = changed
        if watch is not None:
            result = watch.outputs(result)
        return result

    # Registering.

    def _check_name(self, what, name, known):
        if not isinstance(name, str):
            raise TypeError("%s name should be a string. Got %s" % (what, type(name).__name__))
        if hasattr(self, name) and name not in known:
            raise KeyError("attribute '%s' already exists" % name)
        if "." in name:
            more = ", got: " + name if what == "module" else ""
            raise KeyError("%s name can't contain \".\"%s" % (what, more))
        if name == "":
            raise KeyError('%s name can\'t be empty string ""' % what)

    def register_buffer(self, name, tensor, persistent=True):
        if "_buffers" not in self.__dict__:
            raise AttributeError("cannot assign buffer before Module.__init__() call")
        self._check_name("buffer", name, self._buffers)
        if tensor is not None and not isinstance(tensor, torch.Tensor):
            raise TypeError("cannot assign '%s' object to buffer '%s' (torch Tensor or None required)" % (type(tensor).__name__, name))
        self._buffers[name] = tensor
        if persistent:
            self._non_persistent_buffers_set.discard(name)
        else:
            self._non_persistent_buffers_set.add(name)

    def register_parameter(self, name, param):
        if "_parameters" not in self.__dict__:
            raise AttributeError("cannot assign parameter before Module.__init__() call")
        self._check_name("parameter", name, self._parameters)
        if param is not None and not isinstance(param, Parameter):
            kind = param.type() if isinstance(param, torch.Tensor) else type(param).__name__
            raise TypeError("cannot assign '%s' object to parameter '%s' (torch.nn.Parameter or None required)" % (kind, name))
        self._parameters[name] = param

    def add_module(self, name, module):
        if module is not None and not isinstance(module, Module):
            raise TypeError("%s is not a Module subclass" % type(module).__name__)
        self._check_name("module", name, self._modules)
        self._modules[name] = module

    def register_module(self, name, module):
        self.add_module(name, module)

    def register_forward_hook(self, hook):
        return _add_hook(self._forward_hooks, hook)

    def register_forward_pre_hook(self, hook):
        return _add_hook(self._forward_pre_hooks, hook)

    def register_full_backward_hook(self, hook):
        return _add_hook(self._backward_hooks, hook)

    def register_backward_hook(self, hook):
        return _add_hook(self._backward_hooks, hook)

    # Walking.

    def named_modules(self, memo=None, prefix="", remove_duplicate=True):
        if memo is None:
            memo = set()
        if self in memo:
            return
        if remove_duplicate:
            memo.add(self)
        yield prefix, self
        for name, module in self._modules.items():
            if module is not None:
                yield from module.named_modules(memo, _join(prefix, name), remove_duplicate)

    def modules(self):
        for name, module in self.named_modules():
            yield module

    def named_children(self):
        memo = set()
        for name, module in self._modules.items():
            if module is not None and module not in memo:
                memo.add(module)
                yield name, module

    def children(self):
        for name, module in self.named_children():
            yield module

    def _named_members(self, kind, prefix, recurse):
        memo = set()
        for path, module in self.named_modules(None, prefix) if recurse else [(prefix, self)]:
            for name, member in getattr(module, kind).items():
                if member is not None and member not in memo:
                    memo.add(member)
                    yield _join(path, name), member

    def named_parameters(self, prefix="", recurse=True):
        return self._named_members("_parameters", prefix, recurse)

    def parameters(self, recurse=True):
        for name, parameter in self._named_members("_parameters", "", recurse):
            yield parameter

    def named_buffers(self, prefix="", recurse=True):
        return self._named_members("_buffers", prefix, recurse)

    def buffers(self, recurse=True):
        for name, buffer in self._named_members("_buffers", "", recurse):
            yield buffer

    def get_submodule(self, target):
        module = self
        for name in target.split(".") if target else []:
            if not hasattr(module, name):
                raise AttributeError(module._get_name() + " has no attribute `" + name + "`")
            module = getattr(module, name)
            if not isinstance(module, Module):
                raise AttributeError("`" + name + "` is not an nn.Module")
        return module

    def get_parameter(self, target):
        path, _, name = target.rpartition(".")
        module = self.get_submodule(path)
        if not hasattr(module, name):
            raise AttributeError(module._get_name() + " has no attribute `" + name + "`")
        parameter = getattr(module, name)
        if not isinstance(parameter, Parameter):
            raise AttributeError("`" + name + "` is not an nn.Parameter")
        return parameter

    def get_buffer(self, target):
        path, _, name = target.rpartition(".")
        module = self.get_submodule(path)
        if name not in module._buffers:
            raise AttributeError("`" + name + "` is not a buffer")
        return module._buffers[name]

    # Changing all of it.

    def train(self, mode=True):
        if not isinstance(mode, bool):
            raise ValueError("training mode is expected to be boolean")
        self.training = mode
        for module in self.children():
            module.train(mode)
        return self

    def eval(self):
        return self.train(False)

    def requires_grad_(self, requires_grad=True):
        for parameter in self.parameters():
            parameter.requires_grad_(requires_grad)
        return self

    def zero_grad(self, set_to_none=False):
        _clear_gradients(list(self.parameters()), set_to_none)

    def apply(self, fn):
        for module in self.children():
            module.apply(fn)
        fn(self)
        return self

    def _apply(self, fn):
        for module in self.children():
            module._apply(fn)
        for name, parameter in self._parameters.items():
            if parameter is not None:
                with torch.no_grad():
                    self._parameters[name] = _renew(parameter, fn(parameter.data))
                    if parameter.grad is not None and self._parameters[name] is not parameter:
                        self._parameters[name].grad = fn(parameter.grad)
        for name, buffer in self._buffers.items():
            if buffer is not None:
                self._buffers[name] = fn(buffer)
        return self

    def to(self, *args, **names):
        # Integers keep their type, as for `float` and `double`.
        options = {key: value for key, value in names.items() if key != "non_blocking"}
        args = [arg for arg in args if not isinstance(arg, bool)]
        plain = [arg for arg in args if not isinstance(arg, torch.dtype)]
        without = {key: value for key, value in options.items() if key != "dtype"}

        def convert(t):
            if t.is_floating_point():
                return t.to(*args, **options)
            if plain and isinstance(plain[0], torch.Tensor):
                return t.to(plain[0].device)
            return t.to(*plain, **without) if plain or without else t

        return self._apply(convert)

    def cpu(self):
        return self._apply(lambda t: t.cpu())

    def cuda(self, device=None):
        return self._apply(lambda t: t.cuda())

    def float(self):
        return self._apply(lambda t: t.float() if t.is_floating_point() else t)

    def double(self):
        return self._apply(lambda t: t.double() if t.is_floating_point() else t)

    def half(self):
        raise NotImplementedError("torch.float16 is not part of Seegrad")

    def type(self, dst_type):
        return self._apply(lambda t: t.type(dst_type))

    def share_memory(self):
        return self

    # Describing.

    def _get_name(self):
        return type(self).__name__

    def extra_repr(self):
        return ""

    def __repr__(self):
        extra = self.extra_repr()
        lines = extra.split("\n") if extra else []
        inline = len(lines) == 1 and not self._modules
        for name, module in self._modules.items():
            lines.append("(%s): %s" % (name, _indent(repr(module))))
        if not lines:
            return self._get_name() + "()"
        if inline:
            return "%s(%s)" % (self._get_name(), lines[0])
        return "%s(\n  %s\n)" % (self._get_name(), "\n  ".join(lines))

    def __dir__(self):
        names = list(object.__dir__(self)) + list(self._parameters) + list(self._modules) + list(self._buffers)
        return sorted(name for name in names if not name[0].isdigit())

