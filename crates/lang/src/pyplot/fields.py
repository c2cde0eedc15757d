

# What is drawn of fields and texts.
class _Fields(_Drawing):
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
        y = _numbers([y])
        for one, *ends in zip(y, *[np.broadcast_to(_numbers([end]), y.shape) for end in (xmin, xmax)]):
            self.plot(ends, [one, one], color=colors, linestyle=linestyles, label=label)

    def vlines(self, x, ymin, ymax, colors="C0", linestyles="-", label="", **options):
        x = _numbers([x])
        for one, *ends in zip(x, *[np.broadcast_to(_numbers([end]), x.shape) for end in (ymin, ymax)]):
            self.plot([one, one], ends, color=colors, linestyle=linestyles, label=label)

    def axvspan(self, xmin, xmax, color=None, alpha=None, **options):
        low, high = self._extent(False)
        self.fill_between([xmin, xmax], [low, low], [high, high], color=color, alpha=alpha)
