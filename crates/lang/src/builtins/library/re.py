# `re`: regular expressions. `_compile` and `_find` are in `regex/mod.rs`.
A = ASCII = 256
I = IGNORECASE = 2
L = LOCALE = 4
M = MULTILINE = 8
S = DOTALL = 16
U = UNICODE = 32
X = VERBOSE = 64
NOFLAG = 0

_known = {}


class error(Exception):
    @property
    def msg(self):
        return self.args[0]


class Match:
    def __init__(self, pattern, string, pos, endpos, spans):
        self.re, self.string, self.pos, self.endpos = pattern, string, pos, endpos
        self.lastindex = spans[0] or None
        self._spans = spans

    def _number(self, group):
        number = self.re.groupindex.get(group) if isinstance(group, str) else group
        if not isinstance(number, int) or number < 0 or number > self.re.groups:
            raise IndexError("no such group")
        return number

    def _text(self, group, default=None):
        start = self.start(group)
        return default if start < 0 else self.string[start:self.end(group)]

    def group(self, *groups):
        if len(groups) < 2:
            return self._text(groups[0] if groups else 0)
        return tuple([self._text(group) for group in groups])

    def __getitem__(self, group):
        return self._text(group)

    def groups(self, default=None):
        return tuple([self._text(i + 1, default) for i in range(self.re.groups)])

    def groupdict(self, default=None):
        return {name: self._text(name, default) for name in self.re.groupindex}

    def start(self, group=0):
        return self._spans[1 + 2 * self._number(group)]

    def end(self, group=0):
        return self._spans[2 + 2 * self._number(group)]

    def span(self, group=0):
        return self.start(group), self.end(group)

    @property
    def lastgroup(self):
        for name, number in self.re.groupindex.items():
            if number == self.lastindex:
                return name
        return None

    def expand(self, template):
        return _filled(_template(template, self.re), self)

    def __repr__(self):
        return "<re.Match object; span=%r, match=%r>" % (self.span(), self.group())


class Pattern:
    def __init__(self, pattern, flags):
        if not isinstance(pattern, str):
            raise TypeError("first argument must be string or compiled pattern")
        compiled = _compile(pattern, flags)
        if isinstance(compiled, str):
            raise error(compiled)
        self.pattern, self.flags = pattern, flags | U
        self._program, self.groups, names = compiled
        self.groupindex = dict(names)

    def _matches(self, string, pos, endpos, mode, most):
        if not isinstance(string, str):
            raise TypeError("expected string or bytes-like object, got '%s'" % type(string).__name__)
        end = len(string) if endpos is None else max(0, min(endpos, len(string)))
        pos = max(0, pos)
        if pos > end:
            return []
        found = _find(self._program, string, pos, end, mode, most)
        return [Match(self, string, pos, end, spans) for spans in found]

    def _one(self, string, pos, endpos, mode):
        found = self._matches(string, pos, endpos, mode, 1)
        return found[0] if found else None

    def match(self, string, pos=0, endpos=None):
        return self._one(string, pos, endpos, "match")

    def fullmatch(self, string, pos=0, endpos=None):
        return self._one(string, pos, endpos, "fullmatch")

    def search(self, string, pos=0, endpos=None):
        return self._one(string, pos, endpos, "search")

    def finditer(self, string, pos=0, endpos=None):
        return iter(self._matches(string, pos, endpos, "search", -1))

    def findall(self, string, pos=0, endpos=None):
        found = self._matches(string, pos, endpos, "search", -1)
        if self.groups == 0:
            return [m.group() for m in found]
        if self.groups == 1:
            return [m._text(1, "") for m in found]
        return [m.groups("") for m in found]

    def split(self, string, maxsplit=0):
        parts, at = [], 0
        for m in self._matches(string, 0, None, "search", maxsplit or -1):
            parts.append(string[at:m.start()])
            parts.extend(m.groups())
            at = m.end()
        return parts + [string[at:]]

    def subn(self, repl, string, count=0):
        template = None if callable(repl) else _template(repl, self)
        parts, at = [], 0
        found = self._matches(string, 0, None, "search", count or -1)
        for m in found:
            parts.append(string[at:m.start()])
            parts.append(repl(m) if template is None else _filled(template, m))
            at = m.end()
        return "".join(parts) + string[at:], len(found)

    def sub(self, repl, string, count=0):
        return self.subn(repl, string, count)[0]

    def __eq__(self, other):
        return isinstance(other, Pattern) and (self.pattern, self.flags) == (other.pattern, other.flags)

    def __hash__(self):
        return hash((self.pattern, self.flags))

    def __repr__(self):
        names = [(I, "re.IGNORECASE"), (M, "re.MULTILINE"), (S, "re.DOTALL"), (X, "re.VERBOSE"), (A, "re.ASCII")]
        flags = "|".join([name for flag, name in names if self.flags & flag])
        return "re.compile(%r%s)" % (self.pattern, ", " + flags if flags else "")


_escapes = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "\\": "\\", "0": "\0"}


def _template(text, pattern):
    # Texts and the numbers of groups.
    parts, at = [], 0
    while True:
        found = text.find("\\", at)
        if found < 0:
            return parts + [text[at:]]
        parts.append(text[at:found])
        c = text[found + 1:found + 2]
        at = found + 2
        if not c:
            raise error("bad escape (end of pattern) at position %d" % found)
        if c == "g" and text[at:at + 1] == "<" and text.find(">", at) > 0:
            end = text.find(">", at)
            name, at = text[at + 1:end], end + 1
            if not name.isdigit() and name not in pattern.groupindex:
                raise IndexError("unknown group name %r" % name)
            number = int(name) if name.isdigit() else pattern.groupindex[name]
        elif c.isdigit() and c != "0":
            if text[at:at + 1].isdigit():
                c += text[at]
                at += 1
            number = int(c)
        elif c in _escapes or not c.isalpha():
            parts.append(_escapes.get(c, "\\" + c))
            continue
        else:
            raise error("bad escape \\%s at position %d" % (c, found))
        if number > pattern.groups:
            raise error("invalid group reference %d at position %d" % (number, found + 1))
        parts.append(number)


def _filled(template, m):
    return "".join([part if isinstance(part, str) else m._text(part, "") for part in template])


def compile(pattern, flags=0):
    if isinstance(pattern, Pattern):
        return pattern
    key = (pattern, flags)
    if key not in _known:
        if len(_known) > 256:
            _known.clear()
        _known[key] = Pattern(pattern, flags)
    return _known[key]


def purge():
    _known.clear()


def match(pattern, string, flags=0):
    return compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    return compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0):
    return compile(pattern, flags).search(string)


def findall(pattern, string, flags=0):
    return compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    return compile(pattern, flags).finditer(string)


def split(pattern, string, maxsplit=0, flags=0):
    return compile(pattern, flags).split(string, maxsplit)


def sub(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).subn(repl, string, count)


def escape(pattern):
    special = "()[]{}?*+-|^$\\.&~# \t\n\r\v\f"
    return "".join(["\\" + c if c in special else c for c in pattern])
