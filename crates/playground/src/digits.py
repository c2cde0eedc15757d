# The model of a program reads digits: run on a copy of it, behind its variables. The images are `_digits`, [n, 28, 28] from 0 to 1.
import torch as _torch
from torchvision import datasets as _datasets, transforms as _transforms


def _scale(variables):
    # What the program's data set does to black and white, if it does the same to every pixel.
    for value in variables:
        for _ in range(3):
            if isinstance(value, _datasets.MNIST):
                if value.transform is None:
                    return 0.0, 1.0
                image = _transforms.ToPILImage()
                low, high = [value.transform(image(_torch.full((1, 28, 28), end))).float() for end in (0.0, 1.0)]
                if float(low.std()) > 1e-4 or float(high.std()) > 1e-4:
                    return 0.0, 1.0
                return float(low.mean()), float(high.mean() - low.mean())
            value = getattr(value, 'dataset', None)
            if value is None:
                break
    return 0.0, 1.0


def _models(names):
    modules = [value for value in names.values() if isinstance(value, _torch.nn.Module)]
    modules = [module for module in modules if list(module.parameters())]
    functions = [names[name] for name in ('model', 'net', 'network', 'forward', 'predict') if name in names]
    return modules[::-1] + [function for function in functions if not isinstance(function, _torch.nn.Module) and callable(function)]


def _read(names, images):
    try:
        low, width = _scale(list(names.values()))
    except Exception:
        low, width = 0.0, 1.0
    images = images * width + low
    for model in _models(names):
        if isinstance(model, _torch.nn.Module):
            model.eval()
            images = images.to(next(model.parameters()).device)
        for shape in ((-1, 784), (-1, 1, 28, 28), (-1, 28, 28)):
            try:
                with _torch.no_grad():
                    out = model(images.reshape(shape))
                rows = out.reshape(-1, 10)
            except Exception:
                continue
            if rows.shape[0] == images.shape[0]:
                sums = rows.sum(1)
                is_probability = bool((rows >= 0).all()) and bool(((sums - 1).abs() < 1e-3).all())
                return rows if is_probability else _torch.softmax(rows.float(), dim=1)
    return None


_answer = _read(dict(globals()), _digits)
if _answer is not None:
    print(*_answer.reshape(-1).tolist())
