# `warnings`: printed once per text, unless they are to be ignored.
_ignored = []
_seen = set()


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    if action == "ignore":
        _ignored.append(category)


def simplefilter(action, category=Warning, lineno=0, append=False):
    filterwarnings(action, "", category)


def resetwarnings():
    _ignored.clear()


def warn(message, category=UserWarning, stacklevel=1, source=None):
    if isinstance(message, Warning):
        category = type(message)
    text = "%s: %s" % (category.__name__, message)
    if text not in _seen and not any(issubclass(category, ignored) for ignored in _ignored):
        _seen.add(text)
        _write(text + "\n")


class catch_warnings:
    def __init__(self, *, record=False, module=None):
        self._record = record

    def __enter__(self):
        self._before = list(_ignored)
        return [] if self._record else None

    def __exit__(self, *exception):
        _ignored[:] = self._before
