# `gc`: what nobody holds any more is freed at once, so there is nothing to collect.


def collect(generation=2):
    return 0


def enable():
    return None


def disable():
    return None
