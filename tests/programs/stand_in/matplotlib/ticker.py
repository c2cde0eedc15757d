"""Whatever is asked for is there, as in pyplot."""

from .pyplot import __getattr__
