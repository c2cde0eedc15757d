# `_digit` is one image, `_label` what it shows, `_strength` how far each pixel may go: along the sign of the gradient of the loss.
_image = _digit.clone().requires_grad_()
with _torch.enable_grad():
    _model, _rows = _run(_names, _image)
    if _rows is not None:
        _loss = -_probabilities(_rows)[0, int(_label)].clamp(min=1e-12).log()
        _direction = _torch.autograd.grad(_loss, _image)[0].sign()
if _rows is not None:
    _tell({'image': (_digit + _strength * _direction.cpu()).clamp(0.0, 1.0)})
