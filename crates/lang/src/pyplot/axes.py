

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

    def __getattr__(self, name):
        if name in ("tick_params", "invert_yaxis", "invert_xaxis", "margins", "relim", "autoscale_view", "autoscale", "set_facecolor", "label_outer", "minorticks_on", "set_zorder", "set_prop_cycle", "ticklabel_format"):
            return lambda *args, **options: None
        if name == "spines":
            return _Spines()
        raise AttributeError(f"'Axes' object has no attribute '{name}'")
