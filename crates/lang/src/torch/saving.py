# `torch.save` and `torch.load`: tensors in a safetensors file, and how they stand in dicts and lists as a note in it.

import json
import torch
from collections import OrderedDict


def _pack(value, path, tensors):
    if isinstance(value, torch.Tensor):
        name = path or "tensor"
        while name in tensors:
            name += "'"
        tensors[name] = value
        return {"parameter" if isinstance(value, torch.nn.Parameter) else "tensor": name}
    if value is None or isinstance(value, (bool, int, float, str)):
        return {"value": value}
    if isinstance(value, dict):
        kind = "ordered" if isinstance(value, OrderedDict) else "dict"
        return {kind: [[_pack(k, path, tensors), _pack(v, (path + "." if path else "") + str(k), tensors)] for k, v in value.items()]}
    if isinstance(value, (list, tuple)):
        kind = "list" if isinstance(value, list) else "tuple"
        return {kind: [_pack(v, (path + "." if path else "") + str(i), tensors) for i, v in enumerate(value)]}
    if isinstance(value, torch.dtype):
        return {"dtype": str(value)}
    if hasattr(value, "state_dict"):
        raise RuntimeError("saving whole modules is not part of Seegrad: save model.state_dict() instead of model")
    raise RuntimeError("torch.save() of a value of type '%s' is not part of Seegrad: save tensors, numbers, texts, lists and dicts of them" % type(value).__name__)


def _unpack(packed, tensors):
    kind, content = list(packed.items())[0]
    if kind == "tensor":
        return tensors[content]
    if kind == "parameter":
        return torch.nn.Parameter(tensors[content])
    if kind == "value":
        return content
    if kind == "list":
        return [_unpack(v, tensors) for v in content]
    if kind == "tuple":
        return tuple([_unpack(v, tensors) for v in content])
    if kind == "dtype":
        return getattr(torch, content.split(".")[1])
    pairs = [(_unpack(k, tensors), _unpack(v, tensors)) for k, v in content]
    return OrderedDict(pairs) if kind == "ordered" else dict(pairs)


def save(obj, f, pickle_module=None, pickle_protocol=2, _use_new_zipfile_serialization=True):
    tensors = {}
    note = json.dumps(_pack(obj, "", tensors))
    if hasattr(f, "write"):
        f.write(torch._packed_tensors(list(tensors.keys()), list(tensors.values()), note))
    else:
        torch._write_tensors(str(f), list(tensors.keys()), list(tensors.values()), note)
        _forget(str(f))


def _moved(tensors, device):
    if device is None or callable(device) or isinstance(device, dict):
        return tensors
    return {name: t.to(device) for name, t in tensors.items()}


def load(f, map_location=None, pickle_module=None, weights_only=False, **pickle_load_args):
    if hasattr(f, "read"):
        tensors, note = torch._unpacked_tensors(f.read())
    else:
        tensors, note = torch._read_tensors(str(f))
    tensors = _moved(tensors, map_location)
    return OrderedDict(tensors) if note is None else _unpack(json.loads(note), tensors)


def load_file(filename, device="cpu"):
    return _moved(torch._read_tensors(str(filename))[0], device)


def save_file(tensors, filename, metadata=None):
    for name, t in tensors.items():
        if not isinstance(t, torch.Tensor):
            raise ValueError("Key `%s` is invalid, expected torch.Tensor but received %s" % (name, type(t)))
    torch._write_tensors(str(filename), list(tensors.keys()), list(tensors.values()), metadata)
