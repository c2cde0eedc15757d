# `contextlib`.
from functools import wraps as _wraps


class _Generated:
    def __init__(self, function, args, kwargs):
        self._call = function, args, kwargs
        self._generator = function(*args, **kwargs)

    def __enter__(self):
        try:
            return next(self._generator)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, kind, value, traceback):
        if kind is None:
            try:
                next(self._generator)
            except StopIteration:
                return False
            raise RuntimeError("generator didn't stop")
        try:
            self._generator.throw(value)
        except StopIteration as stop:
            return stop is not value
        except BaseException as error:
            if error is value:
                return False
            raise
        raise RuntimeError("generator didn't stop after throw()")

    def __call__(self, wrapped):
        function, args, kwargs = self._call

        @_wraps(wrapped)
        def inner(*a, **k):
            with _Generated(function, args, kwargs):
                return wrapped(*a, **k)

        return inner


def contextmanager(func):
    @_wraps(func)
    def helper(*args, **kwargs):
        return _Generated(func, args, kwargs)

    return helper


class nullcontext:
    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    def __exit__(self, *exception):
        return None


class suppress:
    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        return None

    def __exit__(self, kind, value, traceback):
        return kind is not None and issubclass(kind, self._exceptions)


class closing:
    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exception):
        self.thing.close()


class ContextDecorator:
    def __call__(self, func):
        @_wraps(func)
        def inner(*args, **kwargs):
            with self:
                return func(*args, **kwargs)

        return inner


class ExitStack:
    def __init__(self):
        self._exits = []

    def enter_context(self, cm):
        result = cm.__enter__()
        self._exits.append(cm.__exit__)
        return result

    def callback(self, callback, /, *args, **kwds):
        self._exits.append(lambda *exception: callback(*args, **kwds) and None)
        return callback

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        swallowed = False
        while self._exits:
            if self._exits.pop()(kind, value, traceback) and kind is not None:
                kind = value = traceback = None
                swallowed = True
        return swallowed
