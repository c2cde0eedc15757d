# What `keep.py` has saved, put back.
_optimizers = [value for value in _names.values() if isinstance(value, _torch.optim.Optimizer)]
_held = list(_parameters(_names).values()), [value for module in _modules(_names) for value in module.buffers()]
_schedulers = [value for value in _names.values() if hasattr(value, 'last_epoch') and hasattr(value, 'load_state_dict')]
_parameters_then, _buffers_then, _optimizers_then, _schedulers_then = _torch.load('_given')
if [tuple(value.shape) for value in _held[0]] != [tuple(value.shape) for value in _parameters_then]:
    raise RuntimeError('the parameters of the program have other shapes than those that were kept')
with _torch.no_grad():
    for _one, _other in list(zip(_held[0], _parameters_then)) + list(zip(_held[1], _buffers_then)):
        _one.copy_(_other)
# Gradients were those of other values.
for _one in _held[0]:
    _one.grad = None
for _one, _other in list(zip(_optimizers, _optimizers_then)) + list(zip(_schedulers, _schedulers_then)):
    _one.load_state_dict(_other)
_tell({'done': _torch.ones(1)})
