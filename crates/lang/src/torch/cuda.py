# `torch.cuda`: the device that Seegrad calls `cuda` is WebGPU, if the browser has it.

import torch


def is_available():
    return torch._has_cuda()


def device_count():
    return 1 if torch._has_cuda() else 0


def current_device():
    return _check()


def set_device(device):
    pass


def get_device_name(device=None):
    _check()
    return torch._cuda_name()


def get_device_capability(device=None):
    _check()
    return (0, 0)


def _check():
    if not torch._has_cuda():
        raise AssertionError("Torch not compiled with CUDA enabled")
    return 0


def memory_allocated(device=None):
    return torch._memory(True)


def max_memory_allocated(device=None):
    return torch._memory(True)


def memory_reserved(device=None):
    return torch._memory(True)


def reset_peak_memory_stats(device=None):
    pass


def empty_cache():
    pass


def synchronize(device=None):
    pass


def is_initialized():
    return torch._has_cuda()


def init():
    pass


def manual_seed(seed):
    if torch._has_cuda():
        torch._seed_cuda(seed)


def manual_seed_all(seed):
    manual_seed(seed)


def is_bf16_supported():
    return False
