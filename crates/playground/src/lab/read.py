# `_digits` are images.
with _torch.no_grad():
    _model, _rows = _run(_names, _digits)
if _rows is not None:
    _tell({'probabilities': _probabilities(_rows)})
