

class Figure:
    def __init__(self, figsize, number):
        self._size = tuple([float(x) for x in (rcParams["figure.figsize"] if figsize is None else figsize)])
        self.number, self.axes, self._title, self._current, self._told = number, [], "", None, True

    def _describe(self):
        return [self._size, self._title, [axes._describe() for axes in self.axes]]

    def gca(self):
        if self._current is None:
            self.add_subplot()
        return self._current

    def add_subplot(self, *args, **options):
        rows, columns, index = 1, 1, 1
        args = args[0] if len(args) == 1 and isinstance(args[0], tuple) else args
        if len(args) == 1:
            args = [int(args[0])]
            rows, columns, index = args[0] // 100, args[0] // 10 % 10, args[0] % 10
        elif len(args) > 1:
            rows, columns, index = args
        kind = {None: Axes, "rectilinear": Axes, "3d": Axes3D}.get(options.get("projection"))
        if kind is None:
            raise ValueError(f"Unknown projection {options.get('projection')!r}")
        index = index[0] if isinstance(index, tuple) else index
        if not 1 <= index <= rows * columns:
            raise ValueError(f"num must be an integer with 1 <= num <= {rows * columns}, not {index}")
        place, grid = ((index - 1) // columns, (index - 1) % columns), (rows, columns)
        for axes in self.axes:
            if axes._place == place and axes._grid == grid and type(axes) is kind:
                self._current = axes
                return axes
        self._current = made = kind(self, place, grid)
        self.axes = [axes for axes in self.axes if axes._grid == grid and axes._place != place] + [made]
        return self._current

    def subplots(self, nrows=1, ncols=1, squeeze=True, **options):
        kind = options.get("subplot_kw") or {}
        made = [[self.add_subplot(nrows, ncols, i * ncols + j + 1, **kind) for j in range(ncols)] for i in range(nrows)]
        grid = _Grid(made)
        if not squeeze:
            return grid
        if nrows == 1 and ncols == 1:
            return made[0][0]
        if nrows == 1 or ncols == 1:
            return _Grid(grid.flat)
        return grid

    def add_axes(self, rect, **options):
        return rect if isinstance(rect, Axes) else self.add_subplot(**options)

    def add_gridspec(self, nrows=1, ncols=1, **options):
        return GridSpec(nrows, ncols)

    def suptitle(self, t, **options):
        self._title, self._told = str(t), False

    def clf(self):
        self.axes, self._current, self._title = [], None, ""

    clear = clf

    def savefig(self, fname, **options):
        _save(self, str(fname))

    def set_size_inches(self, w, h=None):
        self._size = tuple([float(x) for x in (w if h is None else (w, h))])

    def show(self, **options):
        _show(self)

    def colorbar(self, *args, **options):
        return _Spines()

    def get_axes(self):
        return self.axes

    def __getattr__(self, name):
        if name.startswith("set_") or name in ("tight_layout", "subplots_adjust", "autofmt_xdate", "legend", "delaxes", "text", "supxlabel", "supylabel", "align_labels"):
            return lambda *args, **options: None
        if name == "canvas":
            return _Spines()
        raise AttributeError(f"'Figure' object has no attribute '{name}'")


class GridSpec:
    def __init__(self, nrows, ncols, figure=None, **options):
        self.nrows, self.ncols = nrows, ncols

    def __getitem__(self, key):
        if isinstance(key, tuple):
            row, column = [part.indices(n)[0] if isinstance(part, slice) else part % n for part, n in zip(key, (self.nrows, self.ncols))]
            key = row * self.ncols + column
        elif isinstance(key, slice):
            key = key.start or 0
        return (self.nrows, self.ncols, key + 1)

    def update(self, **options):
        pass


class _Grid:
    # An array of axes.
    def __init__(self, rows):
        self._rows = rows
        nested = len(rows) > 0 and isinstance(rows[0], list)
        self.shape = (len(rows), len(rows[0])) if nested else (len(rows),)
        self.flat = [axes for row in rows for axes in row] if nested else list(rows)
        self.size, self.ndim = len(self.flat), len(self.shape)

    def __getitem__(self, key):
        if isinstance(key, tuple):
            row, column = key
            if isinstance(row, slice):
                return _Grid([r[column] for r in self._rows[row]])
            return self._rows[row][column]
        found = self._rows[key]
        return _Grid(found) if isinstance(found, list) else found

    def __len__(self):
        return len(self._rows)

    def __iter__(self):
        return iter([_Grid(row) if isinstance(row, list) else row for row in self._rows])

    def flatten(self):
        return _Grid(self.flat)

    ravel = flatten
    reshape = flatten

    def tolist(self):
        return self._rows


def figure(num=None, figsize=None, **options):
    for known in _figures:
        if num is not None and known.number == num:
            _figures.remove(known)
            _figures.append(known)
            return known
    made = Figure(figsize, _state["next"] if num is None else num)
    _state["next"] += 1
    _figures.append(made)
    return made


def gcf():
    return _figures[-1] if _figures else figure()


def gca():
    return gcf().gca()


def sca(ax):
    ax.figure._current = ax


def axes(arg=None, **options):
    return gcf().add_axes(arg, **options)


def subplot2grid(shape, loc, rowspan=1, colspan=1, **options):
    return gcf().add_subplot(*shape, loc[0] * shape[1] + loc[1] + 1, **options)


def subplot(*args, **options):
    return gcf().add_subplot(*args, **options)


def subplots(nrows=1, ncols=1, figsize=None, squeeze=True, **options):
    made = figure(figsize=figsize)
    return made, made.subplots(nrows, ncols, squeeze, **options)


def _show(shown):
    if not shown._told and shown.axes:
        _tell(shown._describe())
    shown._told = True


def show(*args, **options):
    for shown in list(_figures):
        _show(shown)
    _figures.clear()


_finish = show


def pause(interval):
    if _figures:
        _show(_figures[-1])


def draw():
    if _figures:
        _show(_figures[-1])


def _save(shown, name):
    # Pictures are written as SVG, under the name with that ending.
    ending = name[name.rfind(".") :] if "." in name[name.rfind("/") + 1 :] else ""
    _write_figure(shown._describe(), name[: len(name) - len(ending)] + ".svg")
    _show(shown)


def savefig(fname, **options):
    _save(gcf(), str(fname))


def close(fig=None):
    if fig == "all":
        _figures.clear()
    elif fig is None:
        if _figures:
            _figures.pop()
    else:
        for known in list(_figures):
            if known is fig or known.number == fig:
                _figures.remove(known)


def clf():
    gcf().clf()


def cla():
    gca().cla()


def suptitle(t, **options):
    gcf().suptitle(t, **options)


def title(label, **options):
    gca().set_title(label)


def xlabel(xlabel, **options):
    gca().set_xlabel(xlabel)


def ylabel(ylabel, **options):
    gca().set_ylabel(ylabel)


def xlim(*args, **options):
    return gca().set_xlim(*args, **options)


def ylim(*args, **options):
    return gca().set_ylim(*args, **options)


def xticks(ticks=None, labels=None, **options):
    gca().set_xticks(ticks, labels)


def yticks(ticks=None, labels=None, **options):
    gca().set_yticks(ticks, labels)


def xscale(value, **options):
    gca().set_xscale(value)


def yscale(value, **options):
    gca().set_yscale(value)


def _on_axes(name):
    def method(*args, **options):
        return getattr(gca(), name)(*args, **options)

    return method


plot, scatter, bar, barh, hist = [_on_axes(name) for name in ("plot", "scatter", "bar", "barh", "hist")]
imshow, matshow, pcolormesh, pcolor = [_on_axes(name) for name in ("imshow", "matshow", "pcolormesh", "pcolor")]
fill_between, errorbar, step, pie = [_on_axes(name) for name in ("fill_between", "errorbar", "step", "pie")]
contour, contourf, clabel, quiver = [_on_axes(name) for name in ("contour", "contourf", "clabel", "quiver")]
semilogx, semilogy, loglog, boxplot = [_on_axes(name) for name in ("semilogx", "semilogy", "loglog", "boxplot")]
text, annotate, axhline, axvline = [_on_axes(name) for name in ("text", "annotate", "axhline", "axvline")]
hlines, vlines, axvspan, axis = [_on_axes(name) for name in ("hlines", "vlines", "axvspan", "axis")]
legend, grid, tick_params, margins = [_on_axes(name) for name in ("legend", "grid", "tick_params", "margins")]
stem, twinx = [_on_axes(name) for name in ("stem", "twinx")]


def colorbar(*args, **options):
    return _Spines()


def _ignored(*args, **options):
    pass


tight_layout = subplots_adjust = ion = ioff = rc = setp = figtext = figlegend = minorticks_on = box = autoscale = _ignored
sci = clim = switch_backend = ticklabel_format = locator_params = delaxes = rcdefaults = table = connect = _ignored
hot = gray = viridis = jet = _ignored


def isinteractive():
    return False


def get_fignums():
    return [known.number for known in _figures]


def imsave(fname, arr, **options):
    made = figure()
    made.gca().imshow(arr, **options)
    _save(made, str(fname))
    close(made)


def get_cmap(name=None, lut=None):
    return matplotlib.cm.get_cmap("viridis" if name is None else name, lut)


def set_cmap(cmap):
    rcParams["image.cmap"] = _scale_name(cmap)


def fignum_exists(num):
    return any([known.number == num for known in _figures])


class _Styles:
    available = ["default", "ggplot", "seaborn"]

    def use(self, style):
        pass

    def context(self, style):
        return np.errstate()


style = _Styles()
import matplotlib.cm
matplotlib.style = style
from matplotlib import cm
