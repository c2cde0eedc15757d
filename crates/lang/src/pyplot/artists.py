# matplotlib.pyplot: figures and axes. What they hold is plain; `_tell` and `_write_figure` make a figure of it.
import numpy as np
from matplotlib import rcParams

_figures = []
_state = {"next": 1}


def _numbers(values):
    return np.array(np.asarray(values), dtype=np.float64).ravel()


def _colour(value, default):
    if value is None:
        return default
    found = _color(value)
    if found is None:
        raise ValueError(f"{value!r} is not a valid value for color")
    return found


def _scale_name(cmap):
    name = rcParams["image.cmap"] if cmap is None else (cmap if isinstance(cmap, str) else cmap.name)
    if not _is_scale(name):
        raise ValueError(f"{name!r} is not a valid value for name; supported values are 'viridis', 'gray', 'jet' and others")
    return name


def _format(text):
    # "ro--": colour, marker and line; each may be missing.
    color, marker, line = None, None, None
    if _color(text) is not None and len(text) > 1:
        return text, None, None
    rest = text
    if text[:1] == "C" and text[1:2].isdigit():
        color, rest = text[:2], text[2:]
    for dash in ("--", "-.", "-", ":"):
        if dash in rest:
            line = dash
            rest = rest.replace(dash, "", 1)
            break
    for c in rest:
        if c in "bgrcmykw":
            color = c
        elif c in ".,ov^<>sp*hH+xXDd|_":
            marker = c
        else:
            raise ValueError(f"Unrecognized character {c} in format string")
    if line is None and marker is not None:
        line = ""
    return color, marker, line


class _Artist:
    def __init__(self, axes, item):
        self._axes, self._item = axes, item

    def set_data(self, x, y):
        self._item[2:4] = [_numbers(x), _numbers(y)]
        self._axes._changed()

    def set_ydata(self, y):
        self._item[3] = _numbers(y)
        self._axes._changed()

    def set_xdata(self, x):
        self._item[2] = _numbers(x)
        self._axes._changed()

    def get_color(self):
        return self._item[1][0]

    def set_label(self, label):
        self._item[1][6] = str(label)
        self._axes._changed()

    def remove(self):
        self._axes._items.remove(self._item)
        self._axes._changed()

    def set_offsets(self, points):
        points = np.asarray(points)
        self.set_data(points[:, 0], points[:, 1])

    def __getattr__(self, name):
        if name.startswith(("set_", "autoscale", "get_")):
            return lambda *args, **kwargs: None
        raise AttributeError(f"'Artist' object has no attribute '{name}'")


class _Side:
    # One of the two axes.
    def __init__(self):
        self.label, self.limits, self.ticks, self.names, self.log = "", None, None, None, False

    def describe(self):
        return [self.label, self.limits, self.ticks, self.names, self.log]


class _AxisHandle:
    def __init__(self, axes, side):
        self._axes, self._side = axes, side

    def set_visible(self, visible):
        if not visible:
            self._side.ticks, self._side.names = [], []
            self._axes._changed()

    def set_ticks(self, ticks, labels=None):
        _set_ticks(self._axes, self._side, ticks, labels)

    def __getattr__(self, name):
        if name.startswith(("set_", "tick", "get_", "grid")):
            return lambda *args, **kwargs: None
        raise AttributeError(f"'Axis' object has no attribute '{name}'")


def _set_ticks(axes, side, ticks, labels):
    if ticks is not None:
        side.ticks = _numbers(ticks).tolist()
        side.names = None
    if labels is not None:
        side.names = [str(name) for name in labels]
        if side.ticks is None:
            side.ticks = list(range(len(side.names)))
    axes._changed()


def _set_limits(axes, side, low, high):
    if high is None and low is not None and not isinstance(low, (int, float)):
        low, high = low
    if low is None and high is None:
        return side.limits if side.limits is not None else (0.0, 1.0)
    if low is None or high is None:
        ends = axes._extent(side is axes._x)
        low, high = (ends[0] if low is None else low), (ends[1] if high is None else high)
    side.limits = (float(low), float(high))
    axes._changed()
    return side.limits


class _Spines:
    def __getitem__(self, key):
        return self

    def values(self):
        return [self]

    def __getattr__(self, name):
        return lambda *args, **options: self


def _rgb(text, alpha):
    parts = [int(text[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return parts + [alpha]
