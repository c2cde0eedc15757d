# matplotlib: the parts beside pyplot.
class _Settings(dict):
    def update(self, *others, **named):
        for other in others:
            for key in other:
                self[key] = other[key]
        for key in named:
            self[key] = named[key]


rcParams = _Settings({"figure.figsize": [6.4, 4.8], "lines.linewidth": 1.5, "lines.markersize": 6.0, "image.cmap": "viridis"})
__version__ = "3.6.3"


def use(backend, force=True):
    pass


def get_backend():
    return "seegrad"


def rc(group, **settings):
    for name in settings:
        rcParams[group + "." + name] = settings[name]
