# `torch.autograd.profiler`: as `torch.profiler`.

from torch.profiler import _Averages, _Quiet, record_function


class profile(_Quiet):
    def key_averages(self, *args, **kwargs):
        return _Averages()

    def table(self, *args, **kwargs):
        return _Averages().table()

    def export_chrome_trace(self, path):
        pass
