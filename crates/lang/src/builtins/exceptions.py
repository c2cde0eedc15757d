# The classes of exceptions.


class Exception(BaseException):
    pass


class ArithmeticError(Exception):
    pass


class LookupError(Exception):
    pass


class TypeError(Exception):
    pass


class ValueError(Exception):
    pass


class RuntimeError(Exception):
    pass


class NameError(Exception):
    pass


class UnboundLocalError(NameError):
    pass


class AttributeError(Exception):
    pass


class AssertionError(Exception):
    pass


class BufferError(Exception):
    pass


class EOFError(Exception):
    pass


class IndexError(LookupError):
    pass


class KeyError(LookupError):
    pass


class ZeroDivisionError(ArithmeticError):
    pass


class OverflowError(ArithmeticError):
    pass


class FloatingPointError(ArithmeticError):
    pass


class ImportError(Exception):
    pass


class ModuleNotFoundError(ImportError):
    pass


class NotImplementedError(RuntimeError):
    pass


class RecursionError(RuntimeError):
    pass


class MemoryError(Exception):
    pass


class ReferenceError(Exception):
    pass


class SystemError(Exception):
    pass


class SyntaxError(Exception):
    pass


class IndentationError(SyntaxError):
    pass


class UnicodeError(ValueError):
    pass


class KeyboardInterrupt(BaseException):
    pass


class GeneratorExit(BaseException):
    pass


class StopAsyncIteration(Exception):
    pass


class Warning(Exception):
    pass


class UserWarning(Warning):
    pass


class DeprecationWarning(Warning):
    pass


class FutureWarning(Warning):
    pass


class RuntimeWarning(Warning):
    pass


class SyntaxWarning(Warning):
    pass


class StopIteration(Exception):
    @property
    def value(self):
        return self.args[0] if self.args else None


class SystemExit(BaseException):
    @property
    def code(self):
        return self.args[0] if self.args else None


class OSError(Exception):
    @property
    def errno(self):
        return self.args[0] if len(self.args) > 1 else None

    @property
    def strerror(self):
        return self.args[1] if len(self.args) > 1 else None

    @property
    def filename(self):
        return self.args[2] if len(self.args) > 2 else None


class FileNotFoundError(OSError):
    pass


class FileExistsError(OSError):
    pass


class PermissionError(OSError):
    pass


class IsADirectoryError(OSError):
    pass


class TimeoutError(OSError):
    pass


class ConnectionError(OSError):
    pass


IOError = OSError
EnvironmentError = OSError


