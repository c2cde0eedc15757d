# `glob` and `fnmatch`: the folders and files that a program made, by pattern.
import os as _os
import re as _re


def _pattern(text):
    out = ""
    for part in _re.split(r"(\*\*/|\*|\?|\[.*?\])", text):
        known = {"**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
        out += known[part] if part in known else part.replace("[!", "[^") if part.startswith("[") else _re.escape(part)
    return _re.compile(out)


def fnmatch(name, pat):
    return _pattern(pat).fullmatch(name) is not None


def filter(names, pat):
    return [name for name in names if fnmatch(name, pat)]


def iglob(pathname, *, root_dir=None, recursive=False):
    pathname = _os.path.fspath(pathname)
    wanted = _pattern(_os.path.normpath(pathname))
    before = "./" if pathname.startswith("./") else ""
    for folder, folders, files in _os.walk("/" if pathname.startswith("/") else "."):
        for name in folders + files:
            path = _os.path.normpath(_os.path.join(folder, name))
            if wanted.fullmatch(path):
                yield before + path


def glob(pathname, *, root_dir=None, recursive=False):
    return list(iglob(pathname))
