

class Axes3D(Axes):
    # Axes of three dimensions, drawn as they are seen from the corner that Matplotlib looks from.
    def __init__(self, figure, place=(0, 0), grid=(1, 1), **options):
        self._solid, self._seen = [], (30.0, -60.0)
        super().__init__(figure, place, grid)
        if self not in figure.axes:
            figure.axes.append(self)
            figure._current = self

    def cla(self):
        self._solid = []
        super().cla()

    def _keep(self, draw, x, y, z, *args, **options):
        x, y, z = [np.asarray(part, dtype=np.float64) for part in np.broadcast_arrays(x, y, z)]
        self._solid.append((draw, x, y, z, args, options))
        self._changed()
        return _Artist(self, ["", [None] * 7])

    def plot(self, xs, ys, zs=0, *args, **options):
        return [self._keep(super().plot, xs, ys, zs, *args, **options)]

    def scatter(self, xs, ys, zs=0, *args, **options):
        return self._keep(super().scatter, xs, ys, zs, *args, **options)

    def plot_wireframe(self, X, Y, Z, cmap=None, color="C0", alpha=None, **options):
        for x, y, z in (X, Y, Z), (np.transpose(X), np.transpose(Y), np.transpose(Z)):
            made = self._keep(super().plot, x.T, y.T, z.T, color=color, lw=0.8, alpha=alpha)
        return made

    plot3D, scatter3D, plot_surface, plot_trisurf = plot, scatter, plot_wireframe, scatter
    contour3D = contour = contourf = plot_wireframe

    def text(self, x, y, z, s, **options):
        draw = super().text
        return self._keep(lambda x, y: draw(x.item(), y.item(), s), x, y, z)

    def view_init(self, elev=None, azim=None, **options):
        self._seen = (30.0 if elev is None else elev, -60.0 if azim is None else azim)

    def _describe(self):
        kept = list(self._items)
        if self._solid:
            up, around = [np.deg2rad(angle) for angle in self._seen]
            every = [np.concatenate([part[i].ravel() for part in self._solid]) for i in (1, 2, 3)]
            low, span = [e.min() for e in every], [float(e.max() - e.min()) or 1.0 for e in every]
            for draw, *places, args, options in self._solid:
                x, y, z = [(p - l) / s - 0.5 for p, l, s in zip(places, low, span)]
                across = y * np.cos(around) - x * np.sin(around)
                draw(across, z * np.cos(up) - (x * np.cos(around) + y * np.sin(around)) * np.sin(up), *args, **options)
            self._hidden = True
        told = super()._describe()
        self._items = kept
        return told
