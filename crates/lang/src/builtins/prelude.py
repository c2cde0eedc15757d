# The part of `builtins` that is written in Python: what calls functions of the program.


class Exception(BaseException):
    pass


class ArithmeticError(Exception):
    pass


class LookupError(Exception):
    pass


class TypeError(Exception):
    pass


class ValueError(Exception):
    pass


class RuntimeError(Exception):
    pass


class NameError(Exception):
    pass


class UnboundLocalError(NameError):
    pass


class AttributeError(Exception):
    pass


class AssertionError(Exception):
    pass


class BufferError(Exception):
    pass


class EOFError(Exception):
    pass


class IndexError(LookupError):
    pass


class KeyError(LookupError):
    pass


class ZeroDivisionError(ArithmeticError):
    pass


class OverflowError(ArithmeticError):
    pass


class FloatingPointError(ArithmeticError):
    pass


class ImportError(Exception):
    pass


class ModuleNotFoundError(ImportError):
    pass


class NotImplementedError(RuntimeError):
    pass


class RecursionError(RuntimeError):
    pass


class MemoryError(Exception):
    pass


class ReferenceError(Exception):
    pass


class SystemError(Exception):
    pass


class SyntaxError(Exception):
    pass


class IndentationError(SyntaxError):
    pass


class UnicodeError(ValueError):
    pass


class KeyboardInterrupt(BaseException):
    pass


class GeneratorExit(BaseException):
    pass


class StopAsyncIteration(Exception):
    pass


class Warning(Exception):
    pass


class UserWarning(Warning):
    pass


class DeprecationWarning(Warning):
    pass


class FutureWarning(Warning):
    pass


class RuntimeWarning(Warning):
    pass


class SyntaxWarning(Warning):
    pass


class StopIteration(Exception):
    @property
    def value(self):
        return self.args[0] if self.args else None


class SystemExit(BaseException):
    @property
    def code(self):
        return self.args[0] if self.args else None


class OSError(Exception):
    @property
    def errno(self):
        return self.args[0] if len(self.args) > 1 else None

    @property
    def strerror(self):
        return self.args[1] if len(self.args) > 1 else None

    @property
    def filename(self):
        return self.args[2] if len(self.args) > 2 else None


class FileNotFoundError(OSError):
    pass


class FileExistsError(OSError):
    pass


class PermissionError(OSError):
    pass


class IsADirectoryError(OSError):
    pass


class TimeoutError(OSError):
    pass


class ConnectionError(OSError):
    pass


IOError = OSError
EnvironmentError = OSError


def _collect(items):
    return [item for item in items]


def _again(function, args, names, key):
    # Calls a native function again with a list in the place of something that the program iterates.
    if key in names:
        names[key] = [item for item in names[key]]
    else:
        args[key] = [item for item in args[key]]
    return function(*args, **names)


def _binary(symbol, a, b, left, right):
    if left is not None:
        result = left(a, b)
        if result is not NotImplemented:
            return result
    if right is not None:
        result = right(b, a)
        if result is not NotImplemented:
            return result
    raise TypeError("unsupported operand type(s) for %s: '%s' and '%s'" % (symbol, type(a).__name__, type(b).__name__))


def _compare(symbol, a, b, left, right):
    if left is not None:
        result = left(a, b)
        if result is not NotImplemented:
            return result
    if right is not None:
        result = right(b, a)
        if result is not NotImplemented:
            return result
    if symbol == "==":
        return a is b
    if symbol == "!=":
        return not a == b
    raise TypeError("'%s' not supported between instances of '%s' and '%s'" % (symbol, type(a).__name__, type(b).__name__))


def _contains(container, item, negate):
    kind = type(container)
    if hasattr(kind, "__contains__"):
        found = bool(container.__contains__(item))
    else:
        found = False
        for candidate in container:
            if candidate is item or candidate == item:
                found = True
                break
    return found != negate


def _set_slice(items, index, values):
    items[index] = [value for value in values]


def _iterate_by_index(container):
    i = 0
    while True:
        try:
            item = container[i]
        except IndexError:
            return
        yield item
        i += 1


def _next_or(function, args, default):
    try:
        return function(*args)
    except StopIteration:
        return default


def _construct(new, kind, args, names):
    made = new(kind, *args, **names)
    if isinstance(made, kind):
        made.__init__(*args, **names)
    return made


def _new_around(kind, function, args, names):
    return _wrap(kind, function(*args, **names))


def _raise_from(kind, cause):
    raise kind() from cause


def _after_class(kind, names):
    for name, value in list(kind.__dict__.items()):
        if hasattr(type(value), "__set_name__"):
            value.__set_name__(kind, name)
    super(kind, kind).__init_subclass__(**names)


def _class_getitem(kind, index):
    members = getattr(kind, "_member_map_", None)
    if members is not None:
        return members[index]
    method = getattr(kind, "__class_getitem__", None)
    if method is None:
        return kind
    if type(method) is _function:
        return method(kind, index)
    return method(index)


def _iterate_class(kind):
    members = getattr(kind, "_member_map_", None)
    if members is None:
        raise TypeError("'type' object is not iterable")
    return iter(list(members.values()))


def _len_of_class(kind):
    return len(kind._member_map_)


_function = type(_collect)


def _compare_items(symbol, a, b):
    if isinstance(a, dict):
        equal = len(a) == len(b)
        if equal:
            for key, value in a.items():
                if key not in b or not (value is b[key] or value == b[key]):
                    equal = False
                    break
        return equal == (symbol == "==")
    if symbol in ("==", "!=") and len(a) != len(b):
        return symbol == "!="
    for x, y in zip(a, b):
        if x is y or x == y:
            continue
        if symbol == "==":
            return False
        if symbol == "!=":
            return True
        if symbol == "<":
            return x < y
        if symbol == "<=":
            return x <= y
        if symbol == ">":
            return x > y
        return x >= y
    a, b = len(a), len(b)
    return {"==": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[symbol]


def _text_of(value, str_wanted):
    if str_wanted:
        kind, text = "__str__", type(value).__str__(value)
    else:
        kind, text = "__repr__", type(value).__repr__(value)
    if not isinstance(text, str):
        raise TypeError("%s returned non-string (type %s)" % (kind, type(text).__name__))
    return text


def _show(value, str_wanted, holes):
    # What the program says of each object that has a method of it; at the top, `str` asks `__str__`.
    texts = []
    for hole in holes:
        texts.append(_text_of(hole, str_wanted and hole is value and _has_str(hole)))
    return _fill(value, str_wanted, texts)


def _has_str(value):
    return type(type(value).__str__) is _function


def _print(values, sep, end, file):
    text = (" " if sep is None else sep).join([str(value) for value in values]) + ("\n" if end is None else end)
    if file is None:
        _write(text)
    else:
        file.write(text)


def _ascii(value):
    return _quote(repr(value))


def _convert_format(function, value, spec):
    return format(function(value), spec)


def _percent(template, values, holes):
    return _percent_filled(template, values, [str(value) if plain else repr(value) for value, plain in holes])


def _str_format(template, args, names):
    parts, _ = _format_parts(_template(template), args, names, 0)
    return "".join(parts)


def _format_parts(fields, args, names, count):
    parts = []
    for literal, first, path, conversion, spec in fields:
        parts.append(literal)
        if first is None:
            continue
        if first == "":
            if count is None:
                raise ValueError("cannot switch from manual field specification to automatic field numbering")
            first = count
            count += 1
        elif isinstance(first, int):
            if count:
                raise ValueError("cannot switch from automatic field numbering to manual field specification")
            count = None
        if isinstance(first, int):
            if first >= len(args):
                raise IndexError("Replacement index %d out of range for positional args tuple" % first)
            value = args[first]
        else:
            value = names[first]
        for is_attribute, name in path:
            value = getattr(value, name) if is_attribute else value[name]
        if conversion == "r":
            value = repr(value)
        elif conversion == "s":
            value = str(value)
        elif conversion == "a":
            value = ascii(value)
        elif conversion is not None:
            raise ValueError("Unknown conversion specifier " + conversion)
        if "{" in spec:
            inner, count = _format_parts(_template(spec), args, names, count)
            spec = "".join(inner)
        parts.append(format(value, spec))
    return parts, count


def _len(function, value):
    length = function(value)
    if not isinstance(length, int):
        raise TypeError("'%s' object cannot be interpreted as an integer" % type(length).__name__)
    if length < 0:
        raise ValueError("__len__() should return >= 0")
    return length


def _truth(value):
    return True if value else False


def _all(items):
    for item in items:
        if not item:
            return False
    return True


def _any(items):
    for item in items:
        if item:
            return True
    return False


def _sum(items, total):
    for item in items:
        total = total + item
    return total


def _extreme(name, items, key, has_default, default):
    best, best_key, found = None, None, False
    for item in items:
        item_key = item if key is None else key(item)
        if not found:
            best, best_key, found = item, item_key, True
        elif (item_key < best_key) if name == "min" else (item_key > best_key):
            best, best_key = item, item_key
    if found:
        return best
    if has_default:
        return default
    raise ValueError(name + "() arg is an empty sequence")


def _sort_with_key(items, key, reverse):
    return _sorted_by(items, [key(item) for item in items], reverse)


def _sort_list(items, key, reverse):
    _replace_items(items, sorted(list(items), key=key, reverse=reverse))


def _merge_sort(items, keys, reverse):
    # Stable, as sorting always is: in reverse, equal items keep their order too.
    order = list(range(len(items)))
    if reverse:
        order.reverse()
    width = 1
    while width < len(order):
        merged = []
        for start in range(0, len(order), 2 * width):
            left, right = order[start:start + width], order[start + width:start + 2 * width]
            i, j = 0, 0
            while i < len(left) and j < len(right):
                if keys[right[j]] < keys[left[i]]:
                    merged.append(right[j])
                    j += 1
                else:
                    merged.append(left[i])
                    i += 1
            merged.extend(left[i:])
            merged.extend(right[j:])
        order = merged
        width *= 2
    if reverse:
        order.reverse()
    return [items[i] for i in order]


def _reversed(sequence):
    for i in range(len(sequence) - 1, -1, -1):
        yield sequence[i]


def _enumerate(items, start):
    for item in items:
        yield start, item
        start += 1


def _zip(iterables, strict):
    iterators = [iter(iterable) for iterable in iterables]
    while iterators:
        row = []
        for i, iterator in enumerate(iterators):
            try:
                row.append(next(iterator))
            except StopIteration:
                if strict and i > 0:
                    raise ValueError("zip() argument %d is shorter than argument %d" % (i + 1, i))
                if strict:
                    for k, other in enumerate(iterators):
                        if k > 0 and next(other, _zip) is not _zip:
                            raise ValueError("zip() argument %d is longer than argument 1" % (k + 1))
                return
        yield tuple(row)


def _map(function, iterables):
    if len(iterables) == 1:
        for item in iterables[0]:
            yield function(item)
    else:
        for items in zip(*iterables):
            yield function(*items)


def map(function, *iterables):
    if not iterables:
        raise TypeError("map() must have at least two arguments.")
    return _map(function, [iter(iterable) for iterable in iterables])


def _filter(function, items):
    for item in items:
        if item if function is None else function(item):
            yield item


def filter(function, iterable, /):
    return _filter(function, iter(iterable))


def _iter_until(function, sentinel):
    while True:
        item = function()
        if item == sentinel:
            return
        yield item


def _divmod(a, b):
    return a // b, a % b


def _getattr_or(value, name, default):
    try:
        return getattr(value, name)
    except AttributeError:
        return default


def _hasattr(value, name):
    try:
        getattr(value, name)
    except AttributeError:
        return False
    return True


def _silently(function, args):
    function(*args)


def _list_remove(items, value):
    for i, item in enumerate(list(items)):
        if item is value or item == value:
            del items[i]
            return
    raise ValueError("list.remove(x): x not in list")


def _list_index(items, value):
    for i, item in enumerate(items):
        if item is value or item == value:
            return i
    raise ValueError("%r is not in list" % (value,))


def _list_count(items, value):
    count = 0
    for item in items:
        if item is value or item == value:
            count += 1
    return count


def _extend_list(items, new):
    items.extend(new)
    return items


def _with_lists(function, args):
    return function(args[0], *[[item for item in arg] for arg in args[1:]])


def _entries(source):
    if hasattr(source, "keys"):
        return {key: source[key] for key in source.keys()}
    return [tuple(entry) for entry in source]


def _dict_of(receiver, source, names):
    return dict(_entries(source), **names)


def _dict_update(target, source, names):
    target.update(_entries(source), **names)


def _throw(generator, kind, args):
    return generator.throw(kind(*args))


def _close(generator):
    try:
        generator.throw(GeneratorExit())
    except (GeneratorExit, StopIteration):
        return
    raise RuntimeError("generator ignored GeneratorExit")


def _decode(source, encoding):
    return source.decode(encoding)


def input(prompt=""):
    raise EOFError("EOF when reading a line: there is no keyboard input here; write the value into the program")


def exit(code=None):
    raise SystemExit(code)


quit = exit


# What the program wrote, by path; `None` is a file that it removed.
_written = {}


def _content(path, binary):
    if path in _written:
        content = _written[path]
        if content is None:
            raise FileNotFoundError(2, "No such file or directory: '%s'" % path)
        if isinstance(content, str):
            return content.encode() if binary else content
        return content if binary else content.decode()
    return _read_file(path, binary)


class _File:
    def __init__(self, name, mode):
        self.name, self.mode, self.closed = name, mode, False
        self._binary = "b" in mode
        self._reading = "r" in mode
        self._at = 0
        self._parts = []
        self._content = None
        if self._reading:
            self._content = _content(name, self._binary)
        elif "a" in mode:
            try:
                self._parts.append(_content(name, self._binary))
            except OSError:
                pass
        elif "x" in mode and _written.get(name) is not None:
            raise FileExistsError(17, "File exists: '%s'" % name)

    def _check(self, reading):
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        if reading != self._reading:
            raise OSError("not readable" if reading else "not writable")

    def read(self, size=-1):
        self._check(True)
        end = len(self._content) if size is None or size < 0 else self._at + size
        part = self._content[self._at:end]
        self._at += len(part)
        return part

    def readline(self):
        self._check(True)
        if self._at >= len(self._content):
            return ""
        end = self._content.find("\n", self._at)
        return self.read(-1 if end < 0 else end + 1 - self._at)

    def readlines(self):
        return list(self)

    def __iter__(self):
        self._check(True)
        lines = self.read().splitlines(True)
        return iter(lines)

    def write(self, text):
        self._check(False)
        if self._binary == isinstance(text, str):
            wanted = "a bytes-like object is required, not 'str'" if self._binary else "write() argument must be str, not %s" % type(text).__name__
            raise TypeError(wanted)
        self._parts.append(text)
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def seek(self, position, whence=0):
        self._at = position
        return position

    def tell(self):
        return self._at

    def flush(self):
        if not self._reading:
            content = bytes() if self._binary else ""
            for part in self._parts:
                content = content + part
            _written[self.name] = content
            _write_file(self.name, content)

    def close(self):
        if not self.closed:
            self.flush()
            self.closed = True

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()


def open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
    if not isinstance(mode, str) or mode.strip("rwaxbt+") or len([c for c in mode if c in "rwax"]) != 1:
        raise ValueError("invalid mode: %r" % (mode,))
    if "+" in mode:
        raise ValueError("files are read or written here, not both: open with 'r' or 'w'")
    return _File(str(file), mode)


def _remember_hash(value):
    _set_hash(value, type(value).__hash__(value))
