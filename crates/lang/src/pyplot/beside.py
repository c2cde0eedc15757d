# What stands beside pyplot: `ticker`, `animation`, `lines` and what notebooks show, which are not drawn, and `gridspec`, `patches` and `style`.
from matplotlib.pyplot import Axes3D, Circle, GridSpec, Patch, Rectangle, imsave, style


class _Ignored:
    def __init__(self, *args, **options):
        pass

    def __call__(self, *args, **options):
        pass

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args, **options: ""


Locator = MultipleLocator = MaxNLocator = AutoMinorLocator = FixedLocator = LogLocator = NullLocator = _Ignored
Formatter = FuncFormatter = FormatStrFormatter = ScalarFormatter = PercentFormatter = NullFormatter = StrMethodFormatter = _Ignored
ArtistAnimation = FuncAnimation = PillowWriter = FFMpegWriter = Line2D = HTML = Image = _Ignored
display = clear_output = backend_inline = set_matplotlib_formats = _Ignored()
available, use, context = style.available, style.use, style.context
