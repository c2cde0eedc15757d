"""As much of torchvision as the programs of this folder use, for a Python that has none."""

from . import datasets, transforms, utils
