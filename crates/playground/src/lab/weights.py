# The parameters and buffers by name, as a file.
_found = {name: value.detach() for name, value in _parameters(_names).items()}
if len(_modules(_names)) == 1:
    _found = dict(_modules(_names)[0].state_dict(), **{name: value.detach() for name, value in _loose(_names).items()})
if _found:
    _torch._write_tensors('_answer', list(_found.keys()), [value.cpu().contiguous() for value in _found.values()], None)
