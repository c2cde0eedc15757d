# `shutil` and `tempfile`.
import os as _os


def rmtree(path, ignore_errors=False, onerror=None):
    if not _os.path.isdir(path) and not ignore_errors:
        raise FileNotFoundError(2, "No such file or directory: '%s'" % path)
    for folder, folders, files in list(_os.walk(path)):
        for name in files:
            _os.remove(_os.path.join(folder, name))
        _os.path._folders.discard(_os.path.normpath(folder))


def copyfile(src, dst):
    if _os.path.isdir(dst):
        dst = _os.path.join(dst, _os.path.basename(src))
    with open(src, "rb") as old, open(dst, "wb") as new:
        new.write(old.read())
    return dst


copy = copy2 = copyfile


def gettempdir():
    return "/tmp"


def mkdtemp(suffix=None, prefix=None, dir=None):
    i = 0
    while _os.path.exists("%s/%s%08d" % (dir or "/tmp", prefix or "tmp", i)):
        i += 1
    name = "%s/%s%08d%s" % (dir or "/tmp", prefix or "tmp", i, suffix or "")
    _os.makedirs(name)
    return name


class TemporaryDirectory:
    def __init__(self, suffix=None, prefix=None, dir=None):
        self.name = mkdtemp(suffix, prefix, dir)

    def cleanup(self):
        rmtree(self.name, True)

    def __enter__(self):
        return self.name

    def __exit__(self, *exception):
        self.cleanup()
