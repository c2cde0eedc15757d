# try, except, else, finally, raise from, exceptions of one's own.
class NetworkError(Exception):
    pass


class ShapeError(NetworkError):
    def __init__(self, expected, got):
        super().__init__("expected %s, got %s" % (expected, got))
        self.expected, self.got = expected, got


class Coded(Exception):
    def __str__(self):
        return "code " + str(self.args[0])


def attempt(action):
    try:
        result = action()
    except ZeroDivisionError:
        return "division"
    except (KeyError, IndexError) as e:
        return "lookup " + str(e)
    except Exception as e:
        return type(e).__name__ + " " + str(e)
    else:
        return "fine " + str(result)
    finally:
        print("finally", end=" ")


def raise_(e):
    raise e


print(attempt(lambda: 42))
print(attempt(lambda: 1 / 0))
print(attempt(lambda: {}["key"]))
print(attempt(lambda: [][0]))
print(attempt(lambda: raise_(ShapeError((2, 3), (3, 2)))))
print(attempt(lambda: raise_(Coded(404))))
print(attempt(lambda: undefined_name))
print(attempt(lambda: None.attribute))
print(attempt(lambda: None + 1))
print(attempt(lambda: len(5)))
print(attempt(lambda: 5()))
print(attempt(lambda: [i for i in 5]))
print(attempt(lambda: 5[0]))
print(attempt(lambda: [1]["a"]))
print(attempt(lambda: {}.append(1)))
try:
    raise ShapeError(1, 2)
except NetworkError as e:
    print(e.expected, e.got, e.args, repr(e), isinstance(e, Exception))


def returns_early():
    for i in range(3):
        try:
            if i == 1:
                return "at %d" % i
        finally:
            print("cleanup", i)


print(returns_early())
try:
    try:
        int("x")
    except ValueError as e:
        raise RuntimeError("could not parse") from e
except RuntimeError as e:
    print(e, "|", type(e.__cause__).__name__, "|", e.__cause__)
try:
    try:
        raise KeyError("first")
    except KeyError:
        print("again")
        raise
except KeyError as e:
    print("outer", e, str(e), repr(e), e.args)
try:
    a, b = [1, 2, 3]
except ValueError as e:
    print(e)
try:
    a, b, c, d = [1, 2, 3]
except ValueError as e:
    print(e)


def unbound():
    print(v)
    v = 1


try:
    unbound()
except UnboundLocalError as e:
    print("UnboundLocalError")
try:
    raise ValueError
except ValueError as e:
    print(repr(e), repr(str(e)), ValueError("a", 1), repr(ValueError("a", 1)), Exception())
print(issubclass(KeyError, LookupError), issubclass(IndexError, LookupError))
print(issubclass(ZeroDivisionError, ArithmeticError))
raise ShapeError("a square", "a circle")
