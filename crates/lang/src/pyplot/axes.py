

class Axes(_Fields):
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

    def add_patch(self, patch):
        x, y = patch._outline()
        color = patch._options.get("edgecolor", patch._options.get("color", patch._options.get("facecolor")))
        self.plot(x, y, color="k" if color in (None, "none") else color, lw=patch._options.get("linewidth", 1))
        return patch

    add_artist = add_patch

    def __getattr__(self, name):
        if name in ("spines", "axes"):
            return _Spines() if name == "spines" else self
        if name.startswith(("set_", "tick", "invert_", "auto", "minor")) or name in ("margins", "relim", "label_outer", "locator_params", "bar_label", "table", "redraw_in_frame"):
            return lambda *args, **options: None
        if name in ("get_xaxis", "get_yaxis"):
            return lambda: self.xaxis if name == "get_xaxis" else self.yaxis
        if name.startswith("get_"):
            return lambda *args, **options: []
        raise AttributeError(f"'Axes' object has no attribute '{name}'")


class Patch:
    # A shape, by its outline.
    def __init__(self, *args, **options):
        self._args, self._options = args, options

    def __getattr__(self, name):
        if name.startswith("set_"):
            return lambda *args, **options: None
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def _outline(self):
        return [], []


class Rectangle(Patch):
    def _outline(self):
        (x, y), width, height = self._args[:3]
        return [x, x + width, x + width, x, x], [y, y, y + height, y + height, y]


class Circle(Patch):
    def _outline(self):
        (x, y), radius = self._args[0], self._args[1] if len(self._args) > 1 else self._options.get("radius", 5)
        turn = np.linspace(0, 2 * np.pi, 61)
        return x + radius * np.cos(turn), y + radius * np.sin(turn)
