"""A matplotlib that takes every call and draws nothing."""


def use(backend):
    pass
