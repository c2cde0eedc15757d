# `os.path`: paths as text.
sep = "/"
_folders = {"/", "."}


def fspath(path):
    return path.__fspath__() if hasattr(path, "__fspath__") else path


def join(a, *p):
    path = fspath(a)
    for part in p:
        part = fspath(part)
        if part.startswith("/"):
            path = part
        elif not path or path.endswith("/"):
            path += part
        else:
            path += "/" + part
    return path


def split(p):
    p = fspath(p)
    i = p.rfind("/") + 1
    head, tail = p[:i], p[i:]
    if head.strip("/"):
        head = head.rstrip("/")
    return head, tail


def basename(p):
    return split(p)[1]


def dirname(p):
    return split(p)[0]


def splitext(p):
    p = fspath(p)
    slash, dot = p.rfind("/"), p.rfind(".")
    if dot > slash and p[slash + 1:dot].strip("."):
        return p[:dot], p[dot:]
    return p, ""


def isabs(s):
    return fspath(s).startswith("/")


def normpath(path):
    path = fspath(path)
    parts = []
    for part in path.split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part not in ("", ".") and not (part == ".." and isabs(path)):
            parts.append(part)
    return ("/" if isabs(path) else "") + "/".join(parts) or "."


def abspath(path):
    return normpath(join("/", path))


realpath = abspath


def expanduser(path):
    return path


def isfile(path):
    try:
        _content(fspath(path), True)
    except OSError:
        return False
    return True


def isdir(s):
    return normpath(s) in _folders


def exists(path):
    return isdir(path) or isfile(path)


def getsize(filename):
    return len(_content(fspath(filename), True))
