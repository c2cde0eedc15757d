# All that training has changed.
_optimizers = [value for value in _names.values() if isinstance(value, _torch.optim.Optimizer)]
_parameters_now = [value.detach() for value in _parameters(_names).values()]
_buffers_now = [value for module in _modules(_names) for value in module.buffers()]
if _parameters_now:
    _torch.save([_parameters_now, _buffers_now, [optimizer.state_dict() for optimizer in _optimizers]], '_answer')
