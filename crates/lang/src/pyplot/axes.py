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
        if name.startswith("set_"):
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
        if name.startswith("set_") or name.startswith("tick"):
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


class Axes:
    def __init__(self, figure, place, grid):
        self.figure, self._place, self._grid = figure, place, grid
        self.cla()

    def cla(self):
        self._items, self._x, self._y, self._title = [], _Side(), _Side(), ""
        self._lines, self._hidden, self._equal, self._legend, self._colors = False, False, False, False, 0
        self.xaxis, self.yaxis = _AxisHandle(self, self._x), _AxisHandle(self, self._y)
        self.transAxes = None
        self._changed()

    clear = cla

    def _changed(self):
        self.figure._told = False

    def _extent(self, across):
        values = [item[2 if across else 3] for item in self._items if item[0] in ("line", "points", "bars")]
        values = [v for v in values if len(v)]
        return (min([float(v.min()) for v in values]), max([float(v.max()) for v in values])) if values else (0.0, 1.0)

    def _describe(self):
        return [*self._place, *self._grid, self._title, self._x.describe(), self._y.describe()] + [
            self._lines, self._hidden, self._equal, self._legend, self._items]

    def _next_color(self):
        self._colors += 1
        return _cycle(self._colors - 1)

    def _add(self, *item):
        self._items.append(list(item))
        self._changed()
        return _Artist(self, self._items[-1])

    def _style(self, options, dash="-", marker="", size=None):
        color = options.get("color", options.get("c"))
        alpha = options.get("alpha")
        width = options.get("linewidth", options.get("lw", rcParams["lines.linewidth"]))
        line = options.get("linestyle", options.get("ls"))
        line = {"solid": "-", "dashed": "--", "dotted": ":", "dashdot": "-."}.get(line, line)
        mark = options.get("marker")
        size = options.get("markersize", options.get("ms", rcParams["lines.markersize"] if size is None else size))
        label = options.get("label")
        return [
            _colour(color, None) or self._next_color(), 1.0 if alpha is None else float(alpha), float(width),
            dash if line is None else str(line), marker if mark is None else str(mark), float(size),
            "" if label is None else str(label)]

    def _places(self, x):
        # Texts are categories: places 0, 1, 2, … with names.
        x = x.tolist() if isinstance(x, np.ndarray) else x
        if isinstance(x, (list, tuple)) and len(x) and isinstance(x[0], str):
            names = []
            for name in x:
                if name not in names:
                    names.append(name)
            _set_ticks(self, self._x, range(len(names)), names)
            return _numbers([names.index(name) for name in x])
        return _numbers(list(x) if isinstance(x, range) else x)

    def plot(self, *args, **options):
        drawn, args = [], list(args)
        while args:
            first = args.pop(0)
            second = args.pop(0) if args and not isinstance(args[0], str) else None
            form = args.pop(0) if args and isinstance(args[0], str) else ""
            color, marker, line = _format(form)
            y = np.asarray(first if second is None else second)
            x = np.arange(len(y) if y.ndim else 1) if second is None else first
            if y.ndim == 2:
                wide = np.asarray(x)
                pairs = [(wide if wide.ndim == 1 else wide[:, i], y[:, i]) for i in range(y.shape[1])]
            else:
                pairs = [(x, y)]
            for xs, ys in pairs:
                chosen = dict(options)
                if color is not None and "color" not in options and "c" not in options:
                    chosen["color"] = color
                xs, ys = self._places(xs), _numbers(ys)
                if len(xs) != len(ys):
                    shapes = f"{np.shape(xs)} and {np.shape(ys)}"
                    raise ValueError(f"x and y must have same first dimension, but have shapes {shapes}")
                style = self._style(chosen, "-" if line is None else line, "" if marker is None else marker)
                drawn.append(self._add("line", style, xs, ys))
        return drawn

    def semilogx(self, *args, **options):
        self._x.log = True
        return self.plot(*args, **options)

    def semilogy(self, *args, **options):
        self._y.log = True
        return self.plot(*args, **options)

    def loglog(self, *args, **options):
        self._x.log = self._y.log = True
        return self.plot(*args, **options)

    def step(self, x, y, *args, where="pre", **options):
        x, y = _numbers(x), _numbers(y)
        back = where == "post"
        return self.plot(np.repeat(x, 2)[1:] if back else np.repeat(x, 2)[:-1], np.repeat(y, 2)[:-1] if back else np.repeat(y, 2)[1:], *args, **options)

    def scatter(self, x, y, s=None, c=None, marker="o", cmap=None, vmin=None, vmax=None, alpha=None, label=None, **options):
        xs, ys = self._places(x), _numbers(y)
        if len(xs) != len(ys):
            raise ValueError("x and y must be the same size")
        color = options.get("color", c)
        if color is None:
            colors = [self._next_color()]
        elif _color(color) is not None and not (np.ndim(color) == 1 and len(color) == len(xs) and not isinstance(color, str)):
            colors = [_color(color)]
        elif isinstance(color, str):
            colors = [_colour(color, None)]
        elif isinstance(color, (list, tuple)) and isinstance(color[0], (str, tuple)):
            colors = [_colour(one, None) for one in color]
        elif np.ndim(color) == 2:
            colors = [_color(tuple(row)) for row in np.asarray(color).tolist()]
        else:
            values = _numbers(color)
            if len(values) != len(xs):
                raise ValueError(f"'c' argument has {len(values)} elements, which is inconsistent with 'x' and 'y' with size {len(xs)}.")
            colors = _scaled(_scale_name(cmap), values, vmin, vmax)
        style = ["#000000", 1.0 if alpha is None else float(alpha), 1.0, "", "o" if marker is None else marker, 6.0]
        sizes = _numbers([36.0 if s is None else s])
        return self._add("points", style + ["" if label is None else str(label)], xs, ys, colors, sizes)

    def _bars(self, left, bottom, width, height, color, options):
        n = max(len(left), len(bottom), len(width), len(height))
        if color is None or isinstance(color, (str, tuple)):
            colors = [_colour(color, None) or self._next_color()]
        else:
            colors = [_colour(one, None) for one in color]
        chosen = dict(options)
        chosen["color"] = colors[0]
        parts = [np.broadcast_to(part, (n,)).copy() for part in (left, bottom, width, height)]
        return self._add("bars", self._style(chosen), *parts, colors)

    def bar(self, x, height, width=0.8, bottom=0, align="center", color=None, tick_label=None, yerr=None, **options):
        x, width = self._places(x), _numbers([width])
        if tick_label is not None:
            _set_ticks(self, self._x, x, tick_label)
        left = x - width / 2 if align == "center" else x
        return self._bars(left, _numbers([bottom]), width, _numbers(height), color, options)

    def barh(self, y, width, height=0.8, left=0, color=None, **options):
        if len(y) and isinstance(y[0], str):
            _set_ticks(self, self._y, range(len(y)), y)
            y = range(len(y))
        y, height = _numbers(list(y)), _numbers([height])
        return self._bars(_numbers([left]), y - height / 2, _numbers(width), height, color, options)

    def hist(self, x, bins=10, range=None, density=False, weights=None, color=None, histtype="bar", **options):
        if isinstance(x, (list, tuple)) and len(x) and np.ndim(x[0]) == 1:
            counted = [self.hist(part, bins, range, density, None, None, histtype, **options) for part in x]
            return [c[0] for c in counted], counted[0][1], None
        counts, edges = np.histogram(_numbers(x), bins, range, density, weights)
        artist = self._bars(edges[:-1], np.zeros(1), np.diff(edges), counts * 1.0, color, options)
        return counts * 1.0, edges, artist

    def fill_between(self, x, y1, y2=0, color=None, alpha=None, label=None, where=None, **options):
        x = _numbers(x)
        low, high = np.broadcast_to(_numbers(y1), x.shape), np.broadcast_to(_numbers(y2), x.shape)
        if where is not None:
            low, high = np.where(where, low, np.nan), np.where(where, high, np.nan)
        options.update(color=color, alpha=alpha, label=label)
        if color is None and "facecolor" in options:
            options["color"] = options["facecolor"]
        return self._add("area", self._style(options), x, low.copy(), high.copy())

    def errorbar(self, x, y, yerr=None, xerr=None, fmt="", **options):
        drawn = self.plot(x, y, fmt, **options)
        x, y = _numbers(x), _numbers(y)
        if yerr is not None:
            yerr = np.asarray(yerr)
            below, above = yerr if yerr.ndim == 2 else (yerr, yerr)
            gap = np.full(x.shape, np.nan)
            xs, ys = np.stack([x, x, gap], 1).ravel(), np.stack([y - below, y + above, gap], 1).ravel()
            self._add("line", [drawn[0].get_color(), 1.0, 1.5, "-", "", 6.0, ""], xs, ys)
        return drawn

    def imshow(self, X, cmap=None, vmin=None, vmax=None, extent=None, origin="upper", aspect=None, interpolation=None, **options):
        X = np.asarray(X)
        rows, columns = X.shape[:2] if X.ndim > 1 else (1, len(X))
        lower = origin == "lower"
        pixels = _pixels(X, _scale_name(cmap), vmin, vmax, lower)
        if extent is None:
            extent = (-0.5, columns - 0.5, -0.5, rows - 0.5)
            if not lower:
                self._y.limits = (rows - 0.5, -0.5)
        self._equal = aspect != "auto"
        return self._add("image", ["#000000", 1.0, 1.0, "", "", 6.0, ""], pixels, [float(x) for x in extent])

    def matshow(self, Z, **options):
        return self.imshow(Z, **options)

    def pcolormesh(self, *args, cmap=None, vmin=None, vmax=None, **options):
        x, y, z = self._field(args)
        pixels = _pixels(z, _scale_name(cmap), vmin, vmax, True)
        return self._add("image", ["#000000", 1.0, 1.0, "", "", 6.0, ""], pixels, [x[0], x[-1], y[0], y[-1]])

    pcolor = pcolormesh

    def _field(self, args):
        z = np.asarray(args[2] if len(args) > 2 else args[0]) * 1.0
        if len(args) > 2:
            x, y = np.asarray(args[0]), np.asarray(args[1])
            x, y = (x[0] if x.ndim == 2 else x), (y[:, 0] if y.ndim == 2 else y)
        else:
            x, y = np.arange(z.shape[1]), np.arange(z.shape[0])
        return _numbers(x).tolist(), _numbers(y).tolist(), z

    def _levels(self, args, levels, z):
        given = args[3] if len(args) > 3 else (args[1] if len(args) == 2 else levels)
        if given is None or isinstance(given, int):
            return np.linspace(z.min(), z.max(), (7 if given is None else given) + 2)
        return _numbers(given)

    def contour(self, *args, levels=None, cmap=None, colors=None, alpha=None, **options):
        x, y, z = self._field(args)
        levels = self._levels(args, levels, z)
        shades = _scaled(_scale_name(cmap), levels, None, None)
        for i, level in enumerate(levels):
            xs, ys = _contour(x, y, z, float(level))
            if colors is not None:
                color = _colour(colors if isinstance(colors, str) else colors[i % len(colors)], None)
            else:
                color = shades[i]
            width = options.get("linewidths", 1.5)
            style = [color, 1.0 if alpha is None else alpha, float(width if np.ndim(width) == 0 else width[0]), "-", "", 6.0, ""]
            self._add("line", style, xs, ys)
        return _Artist(self, self._items[-1])

    def contourf(self, *args, levels=None, cmap=None, alpha=None, colors=None, **options):
        x, y, z = self._field(args)
        levels = self._levels(args, levels, z)
        steps = np.clip(np.searchsorted(levels, z, "right") - 1, 0, max(len(levels) - 2, 0)) * 1.0
        shades = ",".join([_colour(c, None) for c in colors]) if colors is not None else _scale_name(cmap)
        shade = 1.0 if alpha is None else float(alpha)
        pixels = np.asarray([_rgb(c, shade) for c in _scaled(shades, steps, 0.0, float(max(len(levels) - 2, 1)))])
        pixels = _pixels(pixels.reshape(z.shape + (4,)), "viridis", None, None, True)
        return self._add("image", ["#000000", 1.0, 1.0, "", "", 6.0, ""], pixels, [x[0], x[-1], y[0], y[-1]])

    def clabel(self, *args, **options):
        pass

    def quiver(self, x, y, u, v, *args, color=None, **options):
        x, y, u, v = [_numbers(a) for a in (x, y, u, v)]
        longest = float(np.max(np.hypot(u, v))) or 1.0
        size = (float(x.max() - x.min()) or 1.0) / max(float(len(x)) ** 0.5, 1.0) / longest
        gap = np.full(x.shape, np.nan)
        xs, ys = np.stack([x, x + u * size, gap], 1).ravel(), np.stack([y, y + v * size, gap], 1).ravel()
        return self._add("line", [_colour(color, "#000000"), 1.0, 1.5, "-", "", 6.0, ""], xs, ys)

    def pie(self, x, labels=None, **options):
        self.bar(range(len(x)) if labels is None else labels, np.asarray(x) / np.sum(x))

    def boxplot(self, x, **options):
        parts = [x] if np.ndim(x[0]) == 0 else x
        for i, part in enumerate(parts):
            low, q1, middle, q3, high = [float(np.percentile(_numbers(part), p)) for p in (0, 25, 50, 75, 100)]
            self.bar([i + 1], [q3 - q1], 0.5, q1, color="lightblue")
            self.plot([i + 1, i + 1, np.nan, i + 1, i + 1], [low, q1, np.nan, q3, high], color="k")
            self.plot([i + 0.75, i + 1.25], [middle, middle], color="orange")

    def text(self, x, y, s, color=None, fontsize=None, size=None, **options):
        size = fontsize if fontsize is not None else size
        style = [_colour(color, "#000000"), 1.0, 1.0, "", "", float(size) if isinstance(size, (int, float)) else 10.0, ""]
        return self._add("text", style, (float(x), float(y)), None, str(s))

    def annotate(self, text, xy, xytext=None, textcoords=None, arrowprops=None, **options):
        far = xytext is not None and textcoords in (None, "data")
        artist = self.text(*(xytext if far else xy), text, options.get("color"), options.get("fontsize"))
        if far and arrowprops is not None:
            artist._item[3] = (float(xy[0]), float(xy[1]))
        return artist

    def axhline(self, y=0, *ends, **options):
        return self._add("rule", self._style(options), False, float(y))

    def axvline(self, x=0, *ends, **options):
        return self._add("rule", self._style(options), True, float(x))

    def hlines(self, y, xmin, xmax, colors="C0", linestyles="-", label="", **options):
        for one in _numbers([y]):
            self.plot([xmin, xmax], [one, one], color=colors, linestyle=linestyles, label=label)

    def vlines(self, x, ymin, ymax, colors="C0", linestyles="-", label="", **options):
        for one in _numbers([x]):
            self.plot([one, one], [ymin, ymax], color=colors, linestyle=linestyles, label=label)

    def axvspan(self, xmin, xmax, color=None, alpha=None, **options):
        low, high = self._extent(False)
        self.fill_between([xmin, xmax], [low, low], [high, high], color=color, alpha=alpha)

    def set_title(self, label, **options):
        self._title = str(label)
        self._changed()

    def set_xlabel(self, xlabel, **options):
        self._x.label = str(xlabel)
        self._changed()

    def set_ylabel(self, ylabel, **options):
        self._y.label = str(ylabel)
        self._changed()

    def set_xlim(self, left=None, right=None, xmin=None, xmax=None, **options):
        return _set_limits(self, self._x, left if xmin is None else xmin, right if xmax is None else xmax)

    def set_ylim(self, bottom=None, top=None, ymin=None, ymax=None, **options):
        return _set_limits(self, self._y, bottom if ymin is None else ymin, top if ymax is None else ymax)

    def get_xlim(self):
        return self._x.limits if self._x.limits is not None else self._extent(True)

    def get_ylim(self):
        return self._y.limits if self._y.limits is not None else self._extent(False)

    def set_xticks(self, ticks=None, labels=None, **options):
        _set_ticks(self, self._x, ticks, labels)

    def set_yticks(self, ticks=None, labels=None, **options):
        _set_ticks(self, self._y, ticks, labels)

    def set_xticklabels(self, labels, **options):
        _set_ticks(self, self._x, None, labels)

    def set_yticklabels(self, labels, **options):
        _set_ticks(self, self._y, None, labels)

    def set_xscale(self, value, **options):
        self._x.log = value in ("log", "symlog")
        self._changed()

    def set_yscale(self, value, **options):
        self._y.log = value in ("log", "symlog")
        self._changed()

    def set_aspect(self, aspect, **options):
        self._equal = aspect in ("equal", 1, 1.0)
        self._changed()

    def set(self, **options):
        for name in options:
            value = options[name]
            method = getattr(self, "set_" + name)
            method(**value) if isinstance(value, dict) else method(value)

    def axis(self, *args, **options):
        option = args[0] if args else None
        if option == "off" or option is False:
            self._hidden = True
        elif option == "on" or option is True:
            self._hidden = False
        elif option in ("equal", "scaled", "square", "image"):
            self._equal = True
        elif isinstance(option, (list, tuple)):
            self._x.limits, self._y.limits = (float(option[0]), float(option[1])), (float(option[2]), float(option[3]))
        self._changed()
        return self.get_xlim() + self.get_ylim()

    def set_axis_off(self):
        self.axis("off")

    def legend(self, *args, **options):
        labels = args[-1] if args else options.get("labels")
        if labels is not None:
            plain = [item for item in self._items if item[0] not in ("image", "text")]
            for item, label in zip(plain, labels):
                item[1][6] = str(label)
        self._legend = True
        self._changed()

    def grid(self, visible=True, *args, **options):
        self._lines = visible is not False
        self._changed()

    def get_legend_handles_labels(self):
        items = [item for item in self._items if item[0] != "image" and item[1][6]]
        return [_Artist(self, item) for item in items], [item[1][6] for item in items]

    def twinx(self):
        return self

    def get_figure(self):
        return self.figure

    def __getattr__(self, name):
        if name in ("tick_params", "invert_yaxis", "invert_xaxis", "margins", "relim", "autoscale_view", "autoscale", "set_facecolor", "label_outer", "minorticks_on", "set_zorder", "set_prop_cycle", "ticklabel_format"):
            return lambda *args, **options: None
        if name == "spines":
            return _Spines()
        raise AttributeError(f"'Axes' object has no attribute '{name}'")


class _Spines:
    def __getitem__(self, key):
        return self

    def values(self):
        return [self]

    def __getattr__(self, name):
        return lambda *args, **options: None


def _rgb(text, alpha):
    parts = [int(text[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return parts + [alpha]
