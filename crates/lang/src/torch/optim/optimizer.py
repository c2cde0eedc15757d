# `torch.optim`: what all optimizers share.

import copy
from collections import defaultdict

import torch
import torch.nn as nn


class _Required:
    def __repr__(self):
        return "<required parameter>"


required = _Required()


def _counted(step):
    # A step that tells when it has been taken. Of steps that call each other, the outermost tells.
    def counted(self, *args, **names):
        result = step(self, *args, **names)
        if type(self).step is counted:
            _stepped()
        return result

    counted.__name__ = "step"
    return counted


class Optimizer:
    def __init_subclass__(cls, **names):
        if "step" in cls.__dict__:
            cls.step = _counted(cls.__dict__["step"])

    def __init__(self, params, defaults):
        self.defaults = defaults
        if isinstance(params, torch.Tensor):
            raise TypeError("params argument given to the optimizer should be an iterable of Tensors or dicts, but got " + params.type())
        self.state = defaultdict(dict)
        self.param_groups = []
        groups = list(params)
        if not groups:
            raise ValueError("optimizer got an empty parameter list")
        if not isinstance(groups[0], dict):
            groups = [{"params": groups}]
        for group in groups:
            self.add_param_group(group)

    def __repr__(self):
        text = type(self).__name__ + " ("
        for i, group in enumerate(self.param_groups):
            text += "\nParameter Group %d\n" % i
            for key in sorted(group):
                if key != "params":
                    text += "    %s: %s\n" % (key, group[key])
        return text + ")"

    def add_param_group(self, param_group):
        if not isinstance(param_group, dict):
            raise AssertionError("param group must be a dict")
        params = param_group["params"]
        if isinstance(params, torch.Tensor):
            params = [params]
        elif isinstance(params, set):
            raise TypeError("optimizer parameters need to be organized in ordered collections, but the ordering of tensors in sets will change between runs. Please use a list instead.")
        param_group["params"] = list(params)
        for param in param_group["params"]:
            if not isinstance(param, torch.Tensor):
                raise TypeError("optimizer can only optimize Tensors, but one of the params is " + type(param).__name__)
            if not (param.is_leaf or param.retains_grad):
                raise ValueError("can't optimize a non-leaf Tensor")
        for name, default in self.defaults.items():
            if default is required and name not in param_group:
                raise ValueError("parameter group didn't specify a value of required optimization parameter " + name)
            param_group.setdefault(name, default)
        known = set()
        for group in self.param_groups:
            known.update(group["params"])
        if not known.isdisjoint(set(param_group["params"])):
            raise ValueError("some parameters appear in more than one parameter group")
        self.param_groups.append(param_group)

    def zero_grad(self, set_to_none=False):
        for group in self.param_groups:
            nn._clear_gradients(group["params"], set_to_none)

    def step(self, closure=None):
        raise NotImplementedError

    def state_dict(self):
        numbers = {}
        groups = []
        for group in self.param_groups:
            packed = {key: value for key, value in group.items() if key != "params"}
            for param in group["params"]:
                numbers.setdefault(param, len(numbers))
            packed["params"] = [numbers[param] for param in group["params"]]
            groups.append(packed)
        state = {numbers.get(key, key): value for key, value in self.state.items()}
        return {"state": state, "param_groups": groups}

    def load_state_dict(self, state_dict):
        saved = state_dict["param_groups"]
        if len(saved) != len(self.param_groups):
            raise ValueError("loaded state dict has a different number of parameter groups")
        if any(len(a["params"]) != len(b["params"]) for a, b in zip(saved, self.param_groups)):
            raise ValueError("loaded state dict contains a parameter group that doesn't match the size of optimizer's group")
        owner = {}
        groups = []
        for old, group in zip(saved, self.param_groups):
            owner.update(zip(old["params"], group["params"]))
            new = {key: copy.deepcopy(value) for key, value in old.items() if key != "params"}
            new["params"] = group["params"]
            groups.append(new)
        state = defaultdict(dict)
        for key, value in state_dict["state"].items():
            if key in owner:
                state[owner[key]] = {name: _like(owner[key], name, entry) for name, entry in value.items()}
            else:
                state[key] = copy.deepcopy(value)
        self.state = state
        self.param_groups = groups


def _like(param, name, value):
    # What is remembered, as a copy of its own with the type of the parameter and on its device.
    if not isinstance(value, torch.Tensor):
        return copy.deepcopy(value)
    if name == "step":
        return value.detach().clone()
    value = value.detach().to(param.device)
    return value.to(param.dtype).clone() if param.is_floating_point() else value.clone()


class _Native(Optimizer):
    # One whose update is the engine's.
    def __init__(self, params, defaults):
        _check_options(type(self)._algorithm, defaults)
        super().__init__(params, defaults)

    def step(self, closure=None):
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        _step(type(self)._algorithm, self.param_groups, self.state)
        return loss


