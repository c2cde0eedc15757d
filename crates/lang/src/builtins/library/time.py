# Dates of `time`, in coordinated universal time: a page knows no other here.


class struct_time:
    def __init__(self, moment):
        self.tm_year, self.tm_mon, self.tm_mday = moment.year, moment.month, moment.day
        self.tm_hour, self.tm_min, self.tm_sec = moment.hour, moment.minute, moment.second
        self.tm_wday = moment.weekday()
        self._moment = moment


def gmtime(secs=None):
    from datetime import datetime

    return struct_time(datetime.fromtimestamp(time() if secs is None else secs))


localtime = gmtime


def strftime(format, t=None):
    return (gmtime() if t is None else t)._moment.strftime(format)


def ctime(secs=None):
    return strftime("%a %b %d %H:%M:%S %Y", gmtime(secs))


def asctime(t=None):
    return strftime("%a %b %d %H:%M:%S %Y", t)


def perf_counter_ns():
    return int(perf_counter() * 1000000000)


def time_ns():
    return int(time() * 1000000000)
