# Weights from a file, into the parameters and buffers of the same names; a single array into the one of its shape.
_found = dict(_parameters(_names))
for _module in _modules(_names):
    _found.update(dict(_module.named_buffers()))
if _is_array:
    import numpy as _np
    _array = _torch.from_numpy(_np.load('_given'))
    _fits = [name for name, value in _found.items() if tuple(value.shape) == tuple(_array.shape)]
    if len(_fits) != 1:
        _shapes = ', '.join('%s %s' % (name, tuple(value.shape)) for name, value in _found.items())
        raise RuntimeError('the array has the shape %s, which %s of the parameters has: %s' % (tuple(_array.shape), 'more than one' if _fits else 'none', _shapes))
    _given = {_fits[0]: _array}
else:
    _given = _torch.load('_given')
    _given = _given.get('state_dict', _given) if isinstance(_given, dict) else {}
_missing = [name for name in _given if name not in _found]
if _missing or not _given:
    raise RuntimeError('the file has %s; the model has %s' % (', '.join(_missing) or 'no tensors by name', ', '.join(_found)))
for _name, _value in _given.items():
    if tuple(_value.shape) != tuple(_found[_name].shape):
        raise RuntimeError('%s has the shape %s in the file, and %s in the model' % (_name, tuple(_value.shape), tuple(_found[_name].shape)))
with _torch.no_grad():
    for _name, _value in _given.items():
        _found[_name].copy_(_value)
_tell({'done': _torch.ones(1)})
