# All that training has changed.
_optimizers = [value for value in _names.values() if isinstance(value, _torch.optim.Optimizer)]
_parameters_now = [value.detach() for value in _parameters(_names).values()]
_buffers_now = [value for module in _modules(_names) for value in module.buffers()]
_schedulers = [value for value in _names.values() if hasattr(value, 'last_epoch') and hasattr(value, 'load_state_dict')]
if _parameters_now:
    _states = [[value.state_dict() for value in values] for values in (_optimizers, _schedulers)]
    _torch.save([_parameters_now, _buffers_now] + _states, '_answer')
