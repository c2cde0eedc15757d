# `pickle`, in a form of its own: what is written here is read here, or by `torch.load`.
from torch._saving import PicklingError, _dumps, _loads

HIGHEST_PROTOCOL = DEFAULT_PROTOCOL = 5


class PickleError(Exception):
    pass


class UnpicklingError(PickleError):
    pass


def dump(obj, file, protocol=None, **options):
    file.write(_dumps(obj))


def dumps(obj, protocol=None, **options):
    return _dumps(obj)


def load(file, **options):
    return _loads(file.read())


def loads(data, /, **options):
    return _loads(data)
