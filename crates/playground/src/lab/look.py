# `_digit` is one image, `_choice` a layer and a unit of it, or -1.
_SILENT = ('Flatten', 'Dropout', 'Dropout2d', 'Identity', 'LogSoftmax', 'Softmax')
_MOST = 64


def _leaves(model):
    if not isinstance(model, _torch.nn.Module):
        return []
    parts = [(name, part) for name, part in model.named_modules() if not list(part.children())]
    return [(name, part) for name, part in parts if type(part).__name__ not in _SILENT]


def _heard(outputs, name):
    def hear(module, inputs, output):
        outputs[name] = inputs[0].detach(), (output[0] if isinstance(output, tuple) else output).detach()
    return hear


def _maps(output):
    # Of one image: a vector, or as many maps as there are channels.
    output = output[0]
    if output.dim() == 3:
        return output[:_MOST]
    flat = output.reshape(-1)
    return flat.reshape(1, 28, 28) if len(flat) == 784 else flat[:256]


def _filters(weight):
    if weight.dim() == 4:
        return weight.reshape(-1, weight.shape[2], weight.shape[3])[:_MOST]
    if weight.dim() == 2 and weight.shape[1] == 784:
        return weight[:_MOST].reshape(-1, 28, 28)
    return None


def _because(told, weight, bias, pixels, layer, best):
    # Weight times pixel for one unit, and what it sums to.
    outputs = weight.shape[0]
    unit = int(_choice[1]) if int(_choice[0]) == layer and 0 <= int(_choice[1]) < outputs else -1
    sums = weight @ pixels + (bias if bias is not None else 0.0)
    if unit < 0:
        unit = best if outputs == 10 else int(sums.argmax())
    told['product'] = (weight[unit] * pixels).reshape(28, 28)
    told['sum'] = _torch.stack([(weight[unit] * pixels).sum(), sums[unit], _torch.tensor(float(layer)), _torch.tensor(float(unit))])


def _look():
    image = _digit.clone().requires_grad_()
    outputs, layers = {}, []
    handles = []
    for model in _models(_names):
        for name, part in _leaves(model):
            handles.append(part.register_forward_hook(_heard(outputs, name)))
    with _torch.enable_grad():
        model, rows = _run(_names, image)
        if rows is None:
            model, rows = _run(_names, image, outputs=784)
    for handle in handles:
        handle.remove()
    if rows is None:
        return
    told, best = {}, int(rows[0].argmax())
    told['saliency'] = _torch.autograd.grad(rows[0, best] if rows.shape[1] == 10 else rows.sum(), image)[0][0]
    with _torch.no_grad():
        for name, part in _leaves(model):
            if name not in outputs:
                continue
            given, output = outputs[name]
            print(len(layers), name or 'model', repr(part), sep='\t')
            layers.append(name)
            told['%d.out' % (len(layers) - 1)] = _maps(output)
            weight = getattr(part, 'weight', None)
            filters = _filters(weight) if weight is not None else None
            if filters is not None:
                told['%d.weight' % (len(layers) - 1)] = filters
            if filters is not None and weight.dim() == 2 and 'sum' not in told:
                _because(told, weight.cpu(), part.bias.cpu() if part.bias is not None else None, given.reshape(-1).cpu(), len(layers) - 1, best)
        for name, tensor in _loose(_names).items() if not layers else []:
            if tensor.dim() == 2 and 784 in tensor.shape:
                print(len(layers), name, tuple(tensor.shape), sep='\t')
                told['%d.weight' % len(layers)] = _filters(tensor if tensor.shape[1] == 784 else tensor.t())
                layers.append(name)
    _tell(told)


_look()
