# `_train`, `_test` are images, and behind them their labels.
def _score(images, labels):
    model, rows = _run(_names, images)
    if rows is None:
        return None
    right = (rows.argmax(1).cpu() == labels).float().mean()
    chosen = _probabilities(rows).cpu()[_torch.arange(len(labels)), labels]
    return _torch.stack([-chosen.clamp(min=1e-12).log().mean(), right])


def _spread(tensor):
    # 24 classes between -m and m, and m.
    most = float(tensor.abs().max()) if tensor.numel() else 0.0
    if not most > 0.0 or most == float('inf'):
        return None
    counts = _torch.histc(tensor.detach().float().cpu(), bins=24, min=-most, max=most)
    return _torch.cat([counts, _torch.tensor([most])])


with _torch.no_grad():
    _scores = {'train': _score(_train, _train_labels), 'test': _score(_test, _test_labels)}
    for _name, _tensor in _parameters(_names).items():
        _scores['weight ' + _name] = _spread(_tensor)
        if _tensor.grad is not None:
            _scores['grad ' + _name] = _spread(_tensor.grad)
if _scores['test'] is not None:
    _tell({name: tensor for name, tensor in _scores.items() if tensor is not None})
