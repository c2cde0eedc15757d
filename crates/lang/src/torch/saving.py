# `torch.save`, `torch.load` and `pickle`: tensors in a safetensors file, and what holds them as a note in it. An object is its class
# by name and its attributes; what stands in several places is written once, and counted in the order in which it is met.

import json
import torch
from collections import OrderedDict


class PicklingError(Exception):
    __module__ = "_pickle"


_PLACES = ("torch.nn.functional", "torch", "numpy", "math", "builtins")


def _global(value):
    name = getattr(value, "__qualname__", None) or value.__name__
    for place in [getattr(value, "__module__", None) or "builtins", *_PLACES]:
        if _find_global(place, name) is value:
            return {"global": [place, name]}
    if "<locals>" in name:
        raise AttributeError("Can't pickle local object '%s'" % name)
    place = getattr(value, "__module__", None) or "__main__"
    raise PicklingError("Can't pickle %r: attribute lookup %s on %s failed" % (value, name, place))


class _Packer:
    def __init__(self):
        self.tensors, self.memo, self.kept = {}, {}, []

    def pack(self, value, path=""):
        if value is None or isinstance(value, (bool, int, float, str)) and type(value).__module__ == "builtins":
            return {"value": value}
        if isinstance(value, torch.dtype):
            return {"dtype": str(value)}
        if isinstance(value, torch.device):
            return {"device": str(value)}
        if isinstance(value, bytes):
            return {"bytes": list(value)}
        if isinstance(value, type) or callable(value) and not hasattr(value, "__dict__") or hasattr(value, "__qualname__"):
            return _global(value)
        if type(value) is tuple or isinstance(value, torch.Size):
            return {"tuple": self.items(value, path)}
        if id(value) in self.memo:
            return {"ref": self.memo[id(value)]}
        self.memo[id(value)] = len(self.memo)
        self.kept.append(value)
        if isinstance(value, torch.Tensor):
            return {"parameter" if isinstance(value, torch.nn.Parameter) else "tensor": self.tensor(value, path or "tensor")}
        kind = type(value)
        if kind in (dict, OrderedDict):
            return {"dict" if kind is dict else "ordered": self.pairs(value.items(), path)}
        if kind in (list, set):
            return {kind.__name__: self.items(value, path)}
        if kind.__module__ == "numpy":
            return {"array": [self.tensor(torch.as_tensor(value), path or "array"), kind.__name__]}
        return {"object": [_global(kind)["global"], *self.inside(value, path)]}

    def inside(self, value, path):
        # What an object is besides its attributes, and those.
        inner = None
        if isinstance(value, dict):
            inner = self.pairs(value.items(), path)
        elif isinstance(value, (list, tuple, set, str, int, float)):
            inner = self.items(value, path) if isinstance(value, (list, tuple, set)) else value
        if not hasattr(value, "__dict__") and inner is None:
            raise TypeError("cannot pickle '%s' object" % type(value).__name__)
        state = value.__getstate__() if hasattr(value, "__getstate__") else getattr(value, "__dict__", {})
        return self.pairs(state.items(), path), inner

    def tensor(self, value, name):
        while name in self.tensors:
            name += "'"
        self.tensors[name] = value
        return name

    def items(self, values, path):
        return [self.pack(v, (path + "." if path else "") + str(i)) for i, v in enumerate(values)]

    def pairs(self, pairs, path):
        return [[self.pack(k, path), self.pack(v, (path + "." if path else "") + str(k))] for k, v in pairs]


class _Unpacker:
    def __init__(self, tensors):
        self.tensors, self.memo = tensors, []

    def kept(self, value):
        self.memo.append(value)
        return value

    def unpack(self, packed):
        kind, content = list(packed.items())[0]
        if kind == "value":
            return content
        if kind == "ref":
            return self.memo[content]
        if kind == "tuple":
            return tuple([self.unpack(v) for v in content])
        if kind == "dtype":
            return getattr(torch, content.split(".")[1])
        if kind == "device":
            return torch.device(content)
        if kind == "bytes":
            return bytes(content)
        if kind == "global":
            return self.found(*content)
        if kind == "tensor":
            return self.kept(self.tensors[content])
        if kind == "parameter":
            return self.kept(torch.nn.Parameter(self.tensors[content]))
        if kind == "array":
            value = self.tensors[content[0]].numpy()
            return self.kept(value if content[1] == "ndarray" else value[()])
        if kind == "object":
            return self.object(*content)
        made = self.kept(OrderedDict() if kind == "ordered" else {} if kind == "dict" else [] if kind == "list" else set())
        return self.fill(made, content)

    def found(self, place, name):
        value = _find_global(place, name)
        if value is None:
            raise AttributeError("Can't get attribute '%s' on <module '%s'>" % (name, place))
        return value

    def fill(self, made, content):
        if isinstance(made, dict):
            for key, value in content:
                dict.__setitem__(made, self.unpack(key), self.unpack(value))
        elif isinstance(made, list):
            made.extend([self.unpack(v) for v in content])
        elif isinstance(made, set):
            made.update([self.unpack(v) for v in content])
        return made

    def object(self, name, state, inner):
        kind, place = self.found(*name), len(self.memo)
        self.memo.append(None)
        if hasattr(kind, "_members_"):
            return self.kept_at(place, kind({self.unpack(k): self.unpack(v) for k, v in state}["value"]))
        if issubclass(kind, tuple):
            made = tuple.__new__(kind, [self.unpack(v) for v in inner])
        else:
            made = kind.__new__(kind, inner) if issubclass(kind, (str, int, float)) else object.__new__(kind) if inner is None else kind.__new__(kind)
        self.kept_at(place, made)
        if inner is not None:
            self.fill(made, inner)
        state = {self.unpack(key): self.unpack(value) for key, value in state}
        if hasattr(made, "__setstate__"):
            made.__setstate__(state)
        else:
            for key, value in state.items():
                object.__setattr__(made, key, value)
        return made

    def kept_at(self, place, value):
        self.memo[place] = value
        return value


def _parts(obj):
    packer = _Packer()
    note = json.dumps(packer.pack(obj))
    return list(packer.tensors.keys()), list(packer.tensors.values()), note


def _dumps(obj):
    return torch._packed_tensors(*_parts(obj))


def _loads(data, device=None):
    return _whole(*torch._unpacked_tensors(data), device)


def _whole(tensors, note, device):
    tensors = _moved(tensors, device)
    return OrderedDict(tensors) if note is None else _Unpacker(tensors).unpack(json.loads(note))


def save(obj, f, pickle_module=None, pickle_protocol=2, _use_new_zipfile_serialization=True):
    if hasattr(f, "write"):
        f.write(_dumps(obj))
    else:
        torch._write_tensors(str(f), *_parts(obj))
        _forget(str(f))


def _moved(tensors, device):
    if device is None or callable(device) or isinstance(device, dict):
        return tensors
    return {name: t.to(device) for name, t in tensors.items()}


def load(f, map_location=None, pickle_module=None, weights_only=False, **pickle_load_args):
    if hasattr(f, "read"):
        return _loads(f.read(), map_location)
    return _whole(*torch._read_tensors(str(f)), map_location)


def load_file(filename, device="cpu"):
    return _moved(torch._read_tensors(str(filename))[0], device)


def save_file(tensors, filename, metadata=None):
    for name, t in tensors.items():
        if not isinstance(t, torch.Tensor):
            raise ValueError("Key `%s` is invalid, expected torch.Tensor but received %s" % (name, type(t)))
    torch._write_tensors(str(filename), list(tensors.keys()), list(tensors.values()), metadata)
