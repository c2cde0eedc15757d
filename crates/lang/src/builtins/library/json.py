# `json`.


class JSONDecodeError(ValueError):
    def __init__(self, msg, doc, pos):
        line = doc.count("\n", 0, pos) + 1
        column = pos - doc.rfind("\n", 0, pos)
        super().__init__("%s: line %d column %d (char %d)" % (msg, line, column, pos))
        self.msg, self.doc, self.pos = msg, doc, pos


_escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def _text(s, ensure_ascii):
    out = ['"']
    for c in s:
        code = ord(c)
        if c in _escapes:
            out.append(_escapes[c])
        elif code < 32 or code > 126 and ensure_ascii:
            if code > 0xFFFF:
                code -= 0x10000
                out.append("\\u%04x\\u%04x" % (0xD800 + (code >> 10), 0xDC00 + (code & 0x3FF)))
            else:
                out.append("\\u%04x" % code)
        else:
            out.append(c)
    out.append('"')
    return "".join(out)


def _float(x):
    if x != x:
        return "NaN"
    if x in (float("inf"), float("-inf")):
        return "Infinity" if x > 0 else "-Infinity"
    return float.__repr__(x)


class _Writer:
    def __init__(self, indent, separators, sort_keys, default, ensure_ascii):
        self.indent = " " * indent if isinstance(indent, int) else indent
        if separators is None:
            separators = (", ", ": ") if indent is None else (",", ": ")
        self.comma, self.colon = separators
        self.sort_keys, self.default, self.ensure_ascii = sort_keys, default, ensure_ascii
        self.out, self.open = [], []

    def value(self, x, depth):
        if x is None:
            self.out.append("null")
        elif x is True:
            self.out.append("true")
        elif x is False:
            self.out.append("false")
        elif isinstance(x, str):
            self.out.append(_text(x, self.ensure_ascii))
        elif isinstance(x, int):
            self.out.append(str(int(x)))
        elif isinstance(x, float):
            self.out.append(_float(float(x)))
        elif isinstance(x, (list, tuple, dict)):
            if any(x is other for other in self.open):
                raise ValueError("Circular reference detected")
            self.open.append(x)
            self.container(x, depth + 1)
            self.open.pop()
        elif self.default is not None:
            self.value(self.default(x), depth)
        else:
            raise TypeError("Object of type %s is not JSON serializable" % type(x).__name__)

    def container(self, x, depth):
        is_dict = isinstance(x, dict)
        if not len(x):
            self.out.append("{}" if is_dict else "[]")
            return
        self.out.append("{" if is_dict else "[")
        entries = x
        if is_dict:
            entries = [(self.key(key), value) for key, value in x.items()]
            if self.sort_keys:
                entries.sort(key=lambda entry: entry[0])
        for i, entry in enumerate(entries):
            if i > 0:
                self.out.append(self.comma)
            self.line(depth)
            if is_dict:
                self.out.append(_text(entry[0], self.ensure_ascii) + self.colon)
                entry = entry[1]
            self.value(entry, depth)
        self.line(depth - 1)
        self.out.append("}" if is_dict else "]")

    def line(self, depth):
        if self.indent is not None:
            self.out.append("\n" + self.indent * depth)

    def key(self, key):
        if isinstance(key, str):
            return key
        if key is None or isinstance(key, bool):
            return {None: "null", True: "true", False: "false"}[key]
        if isinstance(key, float):
            return _float(key)
        if isinstance(key, int):
            return str(int(key))
        raise TypeError("keys must be str, int, float, bool or None, not %s" % type(key).__name__)


def dumps(obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None, separators=None, default=None, sort_keys=False):
    default = cls().default if cls is not None else default
    writer = _Writer(indent, separators, sort_keys, default, ensure_ascii)
    writer.value(obj, 0)
    return "".join(writer.out)


class JSONEncoder:
    def __init__(self, **options):
        pass

    def default(self, o):
        raise TypeError("Object of type %s is not JSON serializable" % type(o).__name__)


def dump(obj, fp, **kw):
    fp.write(dumps(obj, **kw))


class _Reader:
    def __init__(self, text):
        self.text, self.at = text, 0

    def fail(self, message, at=None):
        raise JSONDecodeError(message, self.text, self.at if at is None else at)

    def blank(self):
        while self.at < len(self.text) and self.text[self.at] in " \t\n\r":
            self.at += 1

    def peek(self):
        return self.text[self.at:self.at + 1]

    def value(self):
        c = self.peek()
        if c == '"':
            self.at += 1
            return self.string()
        if c == "{":
            return self.object()
        if c == "[":
            return self.array()
        for word, value in (("null", None), ("true", True), ("false", False), ("NaN", float("nan")), ("Infinity", float("inf")), ("-Infinity", float("-inf"))):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return value
        return self.number()

    def number(self):
        start = self.at
        end = start
        while end < len(self.text) and self.text[end] in "+-0123456789.eE":
            end += 1
        part = self.text[start:end]
        try:
            number = float(part) if any(c in part for c in ".eE") else int(part)
        except ValueError:
            self.fail("Expecting value")
        self.at = end
        return number

    def string(self):
        start, out = self.at - 1, []
        while True:
            c = self.peek()
            self.at += 1
            if c == "":
                self.fail("Unterminated string starting at", start)
            if c == '"':
                return "".join(out)
            if c < " ":
                self.fail("Invalid control character at", self.at - 1)
            if c == "\\":
                c = self.escape()
            out.append(c)

    def escape(self):
        c = self.peek()
        self.at += 1
        if c == "u":
            code = self.hex()
            if 0xD800 <= code < 0xDC00 and self.text.startswith("\\u", self.at):
                self.at += 2
                code = 0x10000 + ((code - 0xD800) << 10) + self.hex() - 0xDC00
            return chr(code)
        known = {'"': '"', "\\": "\\", "/": "/", "n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
        if c not in known:
            self.fail("Invalid \\escape", self.at - 2)
        return known[c]

    def hex(self):
        digits = self.text[self.at:self.at + 4]
        self.at += 4
        try:
            return int(digits, 16)
        except ValueError:
            self.fail("Invalid \\uXXXX escape", self.at - 4)

    def array(self):
        self.at += 1
        items = []
        self.blank()
        if self.peek() == "]":
            self.at += 1
            return items
        while True:
            self.blank()
            items.append(self.value())
            if self.end_of_item("]"):
                return items

    def end_of_item(self, close):
        self.blank()
        c = self.peek()
        if c not in (",", close) or c == "":
            self.fail("Expecting ',' delimiter")
        self.at += 1
        return c == close

    def object(self):
        self.at += 1
        items = {}
        self.blank()
        if self.peek() == "}":
            self.at += 1
            return items
        while True:
            self.blank()
            if self.peek() != '"':
                self.fail("Expecting property name enclosed in double quotes")
            self.at += 1
            key = self.string()
            self.blank()
            if self.peek() != ":":
                self.fail("Expecting ':' delimiter")
            self.at += 1
            self.blank()
            items[key] = self.value()
            if self.end_of_item("}"):
                return items


def loads(s, **kw):
    if isinstance(s, bytes):
        s = s.decode()
    if not isinstance(s, str):
        raise TypeError("the JSON object must be str, bytes or bytearray, not " + type(s).__name__)
    reader = _Reader(s)
    reader.blank()
    value = reader.value()
    reader.blank()
    if reader.at < len(s):
        reader.fail("Extra data")
    return value


def load(fp, **kw):
    return loads(fp.read(), **kw)
