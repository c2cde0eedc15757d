# Raises a class without a message, inside nested handlers.
def outer():
    try:
        inner()
    except KeyError:
        print("a KeyError came")
        raise NotImplementedError


def inner():
    try:
        {}["x"]
    finally:
        print("finally")


outer()
