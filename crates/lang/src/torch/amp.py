# Mixed precision, as on a machine that has none: every computation stays in float32.

import torch
from torch import _Mode


class autocast(_Mode):
    def __init__(self, device_type, dtype=None, enabled=True, cache_enabled=None):
        if device_type not in ("cuda", "cpu"):
            raise RuntimeError("User specified autocast device_type must be 'cuda' or 'cpu'")
        self._given = device_type, dtype, enabled, cache_enabled
        self.device = device_type
        self.fast_dtype = dtype or (torch.float16 if device_type == "cuda" else torch.bfloat16)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return None

    def _again(self):
        return autocast(*self._given)


class _ForCuda(autocast):
    def __init__(self, enabled=True, dtype=None, cache_enabled=True):
        super().__init__("cuda", dtype, enabled, cache_enabled)


class _ForCpu(autocast):
    def __init__(self, enabled=True, dtype=None, cache_enabled=True):
        super().__init__("cpu", dtype, enabled, cache_enabled)


class GradScaler:
    # One that is not enabled: losses and steps go through it as they are.
    def __init__(self, init_scale=65536.0, growth_factor=2.0, backoff_factor=0.5, growth_interval=2000, enabled=True):
        pass

    def scale(self, outputs):
        return outputs

    def unscale_(self, optimizer):
        pass

    def step(self, optimizer, *args, **kwargs):
        return optimizer.step(*args, **kwargs)

    def update(self, new_scale=None):
        pass

    def get_scale(self):
        return 1.0

    def is_enabled(self):
        return False

    def state_dict(self):
        return {}

    def load_state_dict(self, state_dict):
        pass
