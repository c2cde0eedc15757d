# `pathlib`: paths as objects.
import os
import os.path as _path


class PurePosixPath:
    def __init__(self, *parts):
        text = _path.join(*[str(part) for part in parts]) if parts else ""
        kept = [part for part in text.split("/") if part not in ("", ".")]
        self._root = "/" if text.startswith("/") else ""
        self._text = self._root + "/".join(kept) or "."

    def __str__(self):
        return self._text

    def __fspath__(self):
        return self._text

    def __repr__(self):
        name = "PosixPath" if isinstance(self, Path) else "PurePosixPath"
        return "%s(%r)" % (name, self._text)

    def __hash__(self):
        return hash(self._text)

    def __eq__(self, other):
        return self._text == other._text if isinstance(other, PurePosixPath) else NotImplemented

    def __lt__(self, other):
        return self.parts < other.parts if isinstance(other, PurePosixPath) else NotImplemented

    def __truediv__(self, other):
        return type(self)(self._text, other)

    def __rtruediv__(self, other):
        return type(self)(other, self._text)

    def as_posix(self):
        return self._text

    @property
    def parts(self):
        names = [name for name in self._text.split("/") if name not in ("", ".")]
        return tuple(([self._root] if self._root else []) + names)

    @property
    def name(self):
        return "" if self._text in (".", "/") else _path.basename(self._text)

    @property
    def stem(self):
        return _path.splitext(self.name)[0]

    @property
    def suffix(self):
        return _path.splitext(self.name)[1]

    @property
    def suffixes(self):
        return ["." + part for part in self.name.lstrip(".").split(".")[1:]]

    @property
    def parent(self):
        return type(self)(_path.dirname(self._text) or ".")

    @property
    def parents(self):
        found, path = [], self
        while path.parent != path:
            path = path.parent
            found.append(path)
        return tuple(found)

    @property
    def anchor(self):
        return self._root

    def joinpath(self, *other):
        return type(self)(self._text, *other)

    def with_name(self, name):
        if not self.name:
            raise ValueError("%r has an empty name" % (self,))
        return self.parent / name

    def with_suffix(self, suffix):
        if suffix and not suffix.startswith(".") or suffix == ".":
            raise ValueError("Invalid suffix %r" % (suffix,))
        return self.with_name(self.stem + suffix)

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def is_absolute(self):
        return self._root == "/"

    def relative_to(self, *other):
        base = type(self)(*other)
        count = len(base.parts)
        if self.parts[:count] != base.parts:
            raise ValueError("%r is not in the subpath of %r OR one path is relative and the other is absolute." % (self._text, str(base)))
        return type(self)(*self.parts[count:])


class Path(PurePosixPath):
    @classmethod
    def cwd(cls):
        return cls(os.getcwd())

    def exists(self):
        return _path.exists(self._text)

    def is_file(self):
        return _path.isfile(self._text)

    def is_dir(self):
        return _path.isdir(self._text)

    def mkdir(self, mode=511, parents=False, exist_ok=False):
        os.makedirs(self._text, exist_ok=exist_ok)

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        return open(self._text, mode)

    def read_text(self, encoding=None, errors=None):
        with open(self._text) as file:
            return file.read()

    def read_bytes(self):
        with open(self._text, "rb") as file:
            return file.read()

    def write_text(self, data, encoding=None, errors=None, newline=None):
        with open(self._text, "w") as file:
            return file.write(data)

    def write_bytes(self, data):
        with open(self._text, "wb") as file:
            return file.write(data)

    def unlink(self, missing_ok=False):
        if not missing_ok or self.exists():
            os.remove(self._text)

    def rename(self, target):
        os.rename(self._text, str(target))
        return type(self)(target)

    def iterdir(self):
        for name in os.listdir(self._text):
            yield self / name

    def glob(self, pattern):
        from glob import iglob
        for name in iglob(_path.join(self._text, pattern)):
            yield type(self)(name)

    def rglob(self, pattern):
        return self.glob("**/" + pattern)

    def rmdir(self):
        os.rmdir(self._text)

    def touch(self, mode=438, exist_ok=True):
        if not self.exists():
            self.write_text("")

    def resolve(self, strict=False):
        return type(self)(_path.abspath(self._text))

    absolute = resolve

    def expanduser(self):
        return self


PosixPath = Path
PurePath = PurePosixPath
