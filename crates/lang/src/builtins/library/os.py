# `os`: folders that a program makes, and files that it writes, are remembered as long as it runs.
import os.path as path

environ = {}
sep = "/"
linesep = "\n"
name = "posix"


def getcwd():
    return "/"


def getenv(key, default=None):
    return environ.get(key, default)


def makedirs(name, mode=511, exist_ok=False):
    name = path.normpath(name)
    if name in path._folders and not exist_ok:
        raise FileExistsError(17, "File exists: '%s'" % name)
    parts = name.split("/")
    for i in range(len(parts)):
        path._folders.add("/".join(parts[:i + 1]) or "/")


def mkdir(name, mode=511):
    makedirs(name)


def listdir(name="."):
    folder = path.normpath(name)
    if folder not in path._folders:
        raise FileNotFoundError(2, "No such file or directory: '%s'" % name)
    known = [p for p in path._folders if p not in ("/", ".")]
    known += [path.normpath(p) for p, content in _written.items() if content is not None]
    return [path.basename(p) for p in known if (path.dirname(p) or ".") == folder]


def remove(name):
    if not path.isfile(name):
        raise FileNotFoundError(2, "No such file or directory: '%s'" % name)
    _written[name] = None


unlink = remove


def rename(src, dst):
    _written[dst] = _content(src, True)
    remove(src)


def cpu_count():
    return 1


def getpid():
    return 1


def walk(top):
    names = sorted(listdir(top)) if path.isdir(top) else []
    folders = [name for name in names if path.isdir(path.join(top, name))]
    yield top, folders, [name for name in names if name not in folders]
    for name in folders:
        yield from walk(path.join(top, name))


def rmdir(name):
    path._folders.discard(path.normpath(name))
