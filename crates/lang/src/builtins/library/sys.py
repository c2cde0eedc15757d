# `sys`: what programs ask of the interpreter.
import collections as _collections


class _Stream:
    def __init__(self, name, write):
        self.name, self._write = name, write

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError("write() argument must be str, not %s" % type(text).__name__)
        self._write(text)
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        pass

    def isatty(self):
        return False


_Version = _collections.namedtuple("version_info", ["major", "minor", "micro", "releaselevel", "serial"])
_Float = _collections.namedtuple("float_info", ["max", "min", "epsilon", "dig", "mant_dig", "max_exp", "min_exp"])

stdout = _Stream("<stdout>", _write)
stderr = _Stream("<stderr>", _write_error)
argv = ["main.py"]
path = [""]
modules = {}
version_info = _Version(3, 11, 7, "final", 0)
float_info = _Float(1.7976931348623157e308, 2.2250738585072014e-308, 2.220446049250313e-16, 15, 53, 1024, -1021)


def exit(status=None, /):
    raise SystemExit(status)


def getrecursionlimit():
    return 1000


def setrecursionlimit(limit):
    pass


def getsizeof(object, default=0):
    if isinstance(object, (list, tuple, dict, set, str)):
        return 56 + 8 * len(object)
    return 28


def exc_info():
    exception = _handled()
    return (None, None, None) if exception is None else (type(exception), exception, None)
