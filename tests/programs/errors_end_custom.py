# Ends in an exception of its own, raised from another.
class ConfigError(ValueError):
    def __init__(self, name, value):
        super().__init__(f"{name} must be positive, not {value}")


def check(name, text):
    try:
        value = int(text)
        assert value > 0, "not positive"
    except (ValueError, AssertionError) as e:
        print("because:", e)
        raise ConfigError(name, text) from e
    finally:
        print("checked", name)


check("epochs", "5")
check("lr", "-1")
