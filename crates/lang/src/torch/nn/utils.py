# `torch.nn.utils`.

import torch
import torch.nn.utils.rnn as rnn


def _with_gradients(parameters):
    if isinstance(parameters, torch.Tensor):
        parameters = [parameters]
    return [p for p in parameters if p.grad is not None]


def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False, foreach=None):
    parameters = _with_gradients(parameters)
    norm = _clip_norm(parameters, float(max_norm), float(norm_type))
    if error_if_nonfinite and not torch.isfinite(norm):
        raise RuntimeError("The total norm of order %s for gradients from `parameters` is non-finite, so it cannot be clipped. To disable this error and scale the gradients by the non-finite norm anyway, set `error_if_nonfinite=False`" % float(norm_type))
    return norm


def clip_grad_norm(parameters, max_norm, norm_type=2.0):
    return clip_grad_norm_(parameters, max_norm, norm_type)


def clip_grad_value_(parameters, clip_value, foreach=None):
    _clip_value(_with_gradients(parameters), float(clip_value))


def parameters_to_vector(parameters):
    return torch.cat([p.reshape(-1) for p in parameters])


def vector_to_parameters(vec, parameters):
    if not isinstance(vec, torch.Tensor):
        raise TypeError("expected torch.Tensor, but got: %s" % type(vec).__name__)
    place = 0
    for p in parameters:
        size = p.numel()
        p.data = vec[place:place + size].view_as(p).data
        place += size


def weight_norm(module, name="weight", dim=0):
    raise NotImplementedError("weight_norm is not part of Seegrad")


def spectral_norm(module, name="weight", n_power_iterations=1, eps=1e-12, dim=None):
    raise NotImplementedError("spectral_norm is not part of Seegrad")
