"""Whatever is asked for is there, can be called, and does nothing."""


class Ignored:
    def __call__(self, *args, **kwargs):
        return self

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, index):
        return self

    def __setitem__(self, index, value):
        pass

    def __iter__(self):
        return iter(())


def subplots(nrows=1, ncols=1, **kwargs):
    """A figure and its axes: one, a list of them, or a list of rows."""
    if nrows == 1 and ncols == 1:
        return Ignored(), Ignored()
    if nrows == 1 or ncols == 1:
        return Ignored(), [Ignored() for _ in range(nrows * ncols)]
    return Ignored(), [[Ignored() for _ in range(ncols)] for _ in range(nrows)]


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return Ignored()
