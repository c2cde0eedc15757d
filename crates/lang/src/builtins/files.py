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


def _forget(path):
    # The file was written in another way, and what is known of it does not count any more.
    _written.pop(path, None)


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


def _remember_same(a, b):
    _set_same(a, b, a == b)
