# matplotlib.cm: scales of colours.
import numpy as np


class Colormap:
    def __init__(self, name):
        self.name = name

    def __call__(self, X):
        if np.ndim(X) == 0:
            return _rgba(_scaled(self.name, [float(X)], 0.0, 1.0)[0])
        return np.array([_rgba(c) for c in _scaled(self.name, np.ravel(X), 0.0, 1.0)]).reshape(np.shape(X) + (4,))


def _rgba(text):
    return (int(text[1:3], 16) / 255, int(text[3:5], 16) / 255, int(text[5:7], 16) / 255, 1.0)


def get_cmap(name="viridis", lut=None):
    if isinstance(name, Colormap):
        return name
    if not _is_scale(name):
        raise ValueError(f"'{name}' is not a valid value for name")
    return Colormap(name)


viridis, plasma, inferno, magma = [Colormap(n) for n in ("viridis", "plasma", "inferno", "magma")]
gray, Greys, binary, bone, hot, cool, jet = [Colormap(n) for n in ("gray", "Greys", "binary", "bone", "hot", "cool", "jet")]
Blues, Reds, Greens, Oranges, Purples = [Colormap(n) for n in ("Blues", "Reds", "Greens", "Oranges", "Purples")]
rainbow, hsv, coolwarm, bwr, seismic = [Colormap(n) for n in ("rainbow", "hsv", "coolwarm", "bwr", "seismic")]
RdBu, RdYlBu, RdYlGn, Spectral = [Colormap(n) for n in ("RdBu", "RdYlBu", "RdYlGn", "Spectral")]
RdBu_r, gray_r, Blues_r = [Colormap(n) for n in ("RdBu_r", "gray_r", "Blues_r")]
tab10, Set1, Paired, Accent = [Colormap(n) for n in ("tab10", "Set1", "Paired", "Accent")]
spring, summer, autumn, winter = [Colormap(n) for n in ("spring", "summer", "autumn", "winter")]
YlGnBu, YlOrRd = Colormap("YlGnBu"), Colormap("YlOrRd")
