# `pickle` is not part of Seegrad: a pickle may hold anything, a Seegrad file holds tensors and plain values.
HIGHEST_PROTOCOL = DEFAULT_PROTOCOL = 5
_WHY = "pickle.%s is not part of Seegrad: use torch.save and torch.load for tensors and state_dicts, json for plain values"


class PickleError(Exception):
    pass


class PicklingError(PickleError):
    pass


class UnpicklingError(PickleError):
    pass


def dump(obj, file, protocol=None, **options):
    raise PicklingError(_WHY % "dump")


def dumps(obj, protocol=None, **options):
    raise PicklingError(_WHY % "dumps")


def load(file, **options):
    raise UnpicklingError(_WHY % "load")


def loads(data, /, **options):
    raise UnpicklingError(_WHY % "loads")
