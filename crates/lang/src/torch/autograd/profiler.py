# Profilers are accepted and measure nothing.


class profile:
    def __init__(self, enabled=True, use_cuda=False, record_shapes=False, profile_memory=False, with_stack=False):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return None

    def key_averages(self, *args, **kwargs):
        return self

    def table(self, *args, **kwargs):
        return "profiling is not part of Seegrad"


class record_function:
    def __init__(self, name, args=None):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return None
