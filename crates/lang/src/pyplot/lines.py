

# What can be drawn.
class _Drawing:
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

    def stem(self, *args, linefmt="C0-", markerfmt=None, basefmt="C3-", bottom=0, label=None, **options):
        y = _numbers(args[-1])
        x = self._places(args[0]) if len(args) > 1 else np.arange(len(y))
        color, _, line = _format(linefmt)
        color = color or "C0"
        lines = self.vlines(x, bottom, y, colors=color, linestyles=line or "-")
        marks = self.plot(x, y, "o" if markerfmt is None else markerfmt, label=label, **({"color": color} if markerfmt is None else {}))
        return marks[0], lines, self.plot([x.min(), x.max()], [bottom, bottom], basefmt)[0]

    def scatter(self, x, y, s=None, c=None, marker="o", cmap=None, vmin=None, vmax=None, alpha=None, label=None, **options):
        xs, ys = self._places(x), _numbers(y)
        if len(xs) != len(ys):
            raise ValueError("x and y must be the same size")
        color = options.get("color", c)
        if color is None:
            colors = [self._next_color()]
        elif isinstance(color, str):
            colors = [_colour(color, None)]
        elif _color(color) is not None and not (np.ndim(color) == 1 and len(color) == len(xs)):
            colors = [_color(color)]
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
