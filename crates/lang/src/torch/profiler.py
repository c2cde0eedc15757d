# `torch.profiler`: measures nothing here, because a program runs in a page that shows what it computes.


class _Quiet:
    def __init__(self, *args, **kwargs):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return None


class record_function(_Quiet):
    def __call__(self, function):
        return function


class ProfilerActivity:
    CPU = "ProfilerActivity.CPU"
    CUDA = "ProfilerActivity.CUDA"


class ProfilerAction:
    NONE, WARMUP, RECORD, RECORD_AND_SAVE = range(4)


class _Averages(list):
    def table(self, *args, **kwargs):
        return "Seegrad measures no operators of a program: its Kernels view shows what ran, and how long."


def schedule(*, wait, warmup, active, repeat=0, skip_first=0):
    def action(step):
        step -= skip_first
        cycle, place = divmod(step, wait + warmup + active)
        if step < 0 or repeat and cycle >= repeat or place < wait:
            return ProfilerAction.NONE
        if place < wait + warmup:
            return ProfilerAction.WARMUP
        last = place == wait + warmup + active - 1
        return ProfilerAction.RECORD_AND_SAVE if last else ProfilerAction.RECORD

    return action


def tensorboard_trace_handler(dir_name, worker_name=None, use_gzip=False):
    return lambda prof: None


class profile(_Quiet):
    def __init__(self, *, activities=None, schedule=None, on_trace_ready=None, record_shapes=False, profile_memory=False, with_stack=False, with_flops=False, with_modules=False, experimental_config=None, use_cuda=None):
        self._schedule = schedule or (lambda step: ProfilerAction.RECORD)
        self._ready = on_trace_ready
        self.step_num = 0

    def __exit__(self, *args):
        self.stop()

    def start(self):
        pass

    def _due(self, least):
        if self._ready is not None and self._schedule(self.step_num) >= least:
            self._ready(self)

    def stop(self):
        self._due(ProfilerAction.RECORD)

    def step(self):
        due = self._schedule(self.step_num) == ProfilerAction.RECORD_AND_SAVE
        self.step_num += 1
        if due and self._ready is not None:
            self._ready(self)

    def key_averages(self, group_by_input_shape=False, group_by_stack_n=0):
        return _Averages()

    def events(self):
        return []

    def export_chrome_trace(self, path):
        pass

    def export_stacks(self, path, metric="self_cpu_time_total"):
        pass
