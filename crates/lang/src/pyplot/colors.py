# matplotlib.colors: colours as numbers.
import numpy as np


class ListedColormap:
    def __init__(self, colors, name="from_list", N=None):
        self.name = ",".join([_color(c) for c in colors])


class Normalize:
    def __init__(self, vmin=None, vmax=None, clip=False):
        self.vmin, self.vmax = vmin, vmax

    def __call__(self, value):
        return (np.asarray(value) - self.vmin) / (self.vmax - self.vmin)


def to_rgb(c):
    text = _color(c)
    if text is None or text == "none":
        raise ValueError(f"Invalid RGBA argument: {c!r}")
    return (int(text[1:3], 16) / 255, int(text[3:5], 16) / 255, int(text[5:7], 16) / 255)


def to_rgba(c, alpha=None):
    return to_rgb(c) + (1.0 if alpha is None else alpha,)


def to_hex(c):
    return _color(c)
