# `argparse`: there is no command line here, so `parse_args()` gives the defaults.


class Namespace:
    def __init__(self, **kwargs):
        for name, value in kwargs.items():
            setattr(self, name, value)

    def __eq__(self, other):
        return isinstance(other, Namespace) and vars(self) == vars(other)

    def __contains__(self, key):
        return hasattr(self, key)

    def __repr__(self):
        return "Namespace(" + ", ".join("%s=%r" % entry for entry in vars(self).items()) + ")"


class ArgumentError(Exception):
    pass


class ArgumentTypeError(Exception):
    pass


class HelpFormatter:
    pass


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    pass


class RawTextHelpFormatter(HelpFormatter):
    pass


class BooleanOptionalAction:
    pass


class _Argument:
    def __init__(self, names, action, nargs, const, default, type, choices, required, dest):
        self.names = names
        self.positional = not names[0].startswith("-")
        longest = next((name for name in names if name.startswith("--")), names[0])
        self.dest = dest or longest.lstrip("-").replace("-", "_")
        self.action, self.nargs, self.const, self.type = action, nargs, const, type
        self.choices, self.required = choices, required
        if action == "store_true" and default is None:
            default = False
        elif action == "store_false" and default is None:
            default = True
        elif action == "count" and default is None:
            default = None
        self.default = default
        self.flag = action in ("store_true", "store_false", "store_const", "count") or action is BooleanOptionalAction

    def converted(self, parser, text):
        value = text
        if self.type is not None and isinstance(text, str):
            try:
                value = self.type(text)
            except (TypeError, ValueError):
                kind = getattr(self.type, "__name__", repr(self.type))
                parser.error("argument %s: invalid %s value: %r" % ("/".join(self.names), kind, text))
        if self.choices is not None and value not in self.choices:
            shown = ", ".join(repr(choice) for choice in self.choices)
            parser.error("argument %s: invalid choice: %r (choose from %s)" % ("/".join(self.names), value, shown))
        return value


class ArgumentParser:
    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=(), formatter_class=None, prefix_chars="-", add_help=True, conflict_handler="error", allow_abbrev=True):
        self.prog, self.description = prog or "main.py", description
        self._arguments = []
        self._defaults = {}
        for parent in parents:
            self._arguments.extend(parent._arguments)

    def add_argument(self, *names, action="store", nargs=None, const=None, default=None, type=None, choices=None, required=False, help=None, metavar=None, dest=None, version=None):
        argument = _Argument(names, action, nargs, const, default, type, choices, required, dest)
        self._arguments.append(argument)
        return argument

    def add_argument_group(self, *args, **kwargs):
        return self

    def add_mutually_exclusive_group(self, required=False):
        return self

    def set_defaults(self, **kwargs):
        self._defaults.update(kwargs)

    def error(self, message):
        _write("usage: %s [-h] ...\n%s: error: %s\n" % (self.prog, self.prog, message))
        raise SystemExit(2)

    def parse_args(self, args=None, namespace=None):
        result, extra = self.parse_known_args(args, namespace)
        if extra:
            self.error("unrecognized arguments: " + " ".join(extra))
        return result

    def parse_known_args(self, args=None, namespace=None):
        result = Namespace() if namespace is None else namespace
        for argument in self._arguments:
            default = argument.default
            setattr(result, argument.dest, argument.converted(self, default) if isinstance(default, str) and argument.type else default)
        for name, value in self._defaults.items():
            setattr(result, name, value)
        left = list(args or [])
        places = [argument for argument in self._arguments if argument.positional]
        seen, extra = set(), []
        while left:
            word = left.pop(0)
            name, equals, value = word.partition("=")
            found = self._option(name)
            if found is not None:
                seen.add(found.dest)
                self._take(found, result, left, value if equals else None, name)
            elif places and not (word.startswith("-") and len(word) > 1 and not word[1].isdigit()):
                argument = places.pop(0)
                seen.add(argument.dest)
                left.insert(0, word)
                self._take(argument, result, left, None, word)
            else:
                extra.append(word)
        missing = [a for a in self._arguments if a.dest not in seen and (a.required or a.positional and a.nargs not in ("?", "*"))]
        if missing:
            self.error("the following arguments are required: " + ", ".join("/".join(a.names) for a in missing))
        return result, extra

    def _option(self, name):
        for argument in self._arguments:
            if not argument.positional and (name in argument.names or argument.action is BooleanOptionalAction and name == "--no-" + argument.names[0][2:]):
                return argument
        return None

    def _take(self, argument, result, left, value, name):
        action = argument.action
        if action is BooleanOptionalAction:
            setattr(result, argument.dest, not name.startswith("--no-"))
        elif action in ("store_true", "store_false"):
            setattr(result, argument.dest, action == "store_true")
        elif action == "store_const":
            setattr(result, argument.dest, argument.const)
        elif action == "count":
            setattr(result, argument.dest, (getattr(result, argument.dest) or 0) + 1)
        else:
            got = self._values(argument, left, value, name)
            if action == "append":
                got = (getattr(result, argument.dest) or []) + [got]
            setattr(result, argument.dest, got)

    def _values(self, argument, left, value, name):
        if argument.nargs is None:
            if value is None:
                if not left or left[0].startswith("--"):
                    self.error("argument %s: expected one argument" % "/".join(argument.names))
                value = left.pop(0)
            return argument.converted(self, value)
        if argument.nargs == "?":
            if value is None and (not left or left[0].startswith("--")):
                return argument.const
            return argument.converted(self, left.pop(0) if value is None else value)
        values = [] if value is None else [value]
        most = argument.nargs if isinstance(argument.nargs, int) else len(left)
        while left and len(values) < most and not left[0].startswith("--"):
            values.append(left.pop(0))
        if argument.nargs == "+" and not values:
            self.error("argument %s: expected at least one argument" % "/".join(argument.names))
        return [argument.converted(self, text) for text in values]

    def print_help(self, file=None):
        _write("usage: %s [-h] ...\n" % self.prog)
