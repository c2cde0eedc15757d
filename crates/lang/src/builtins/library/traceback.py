# `traceback`: the report of an exception as text.
import sys as _sys


def _one(exc, value):
    return exc if value is None else value


def format_exception(exc, value=None, tb=None, limit=None, chain=True):
    exception = _one(exc, value)
    if exception is None:
        return ["NoneType: None\n"]
    _know_texts(exception)
    return _report_of(exception).splitlines(True)


def format_exception_only(exc, value=None):
    return format_exception(exc, value)[-1:]


def format_exc(limit=None, chain=True):
    return "".join(format_exception(_handled()))


def print_exception(exc, value=None, tb=None, limit=None, file=None, chain=True):
    (_sys.stderr if file is None else file).write("".join(format_exception(exc, value)))


def print_exc(limit=None, file=None, chain=True):
    print_exception(_handled(), file=file)
