# `torch.cuda`: the device that Seegrad calls `cuda` is WebGPU, if the browser has it.

import time

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


class Event:
    def __init__(self, enable_timing=False, blocking=False, interprocess=False):
        if not torch._has_cuda():
            raise RuntimeError("Tried to instantiate dummy base class Event")
        self._timed = enable_timing
        self._time = None

    def record(self, stream=None):
        self._time = time.perf_counter()

    def elapsed_time(self, end_event):
        if not self._timed or self._time is None or end_event._time is None:
            raise RuntimeError("CUDA error: invalid resource handle")
        return (end_event._time - self._time) * 1000

    def query(self):
        return True

    def synchronize(self):
        pass


import torch.cuda.amp
