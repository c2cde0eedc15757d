# One step of the program's own optimizer on `_digit`, which shows `_label`.
_optimizers = [value for value in _names.values() if isinstance(value, _torch.optim.Optimizer)]
if not _optimizers:
    raise RuntimeError('no variable of the program holds an optimizer')
with _torch.enable_grad():
    _model, _rows = _run(_names, _digit, training=None)
    if _rows is not None:
        _optimizers[-1].zero_grad()
        (-_probabilities(_rows)[0, int(_label)].clamp(min=1e-12).log()).backward()
        _optimizers[-1].step()
        _tell({'done': _torch.ones(1)})
