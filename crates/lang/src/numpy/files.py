

# numpy: files.
def load(file, mmap_mode=None, allow_pickle=False):
    found = _load(str(file))
    return NpzFile(found) if isinstance(found, list) else found


def save(file, arr, allow_pickle=True):
    file = str(file)
    _save(file if file.endswith(".npy") else file + ".npy", arr)


def savez(file, *args, **kwds):
    file = str(file)
    names = [f"arr_{i}" for i in range(len(args))] + list(kwds.keys())
    _savez(file if file.endswith(".npz") else file + ".npz", names, list(args) + list(kwds.values()))


savez_compressed = savez


class NpzFile:
    def __init__(self, found):
        self._arrays = dict(found)
        self.files = [name for name, array in found]

    def __getitem__(self, key):
        if key not in self._arrays:
            raise KeyError(f"{key} is not a file in the archive")
        return self._arrays[key]

    def __contains__(self, key):
        return key in self._arrays

    def __iter__(self):
        return iter(self.files)

    def __len__(self):
        return len(self.files)

    def keys(self):
        return self._arrays.keys()

    def values(self):
        return self._arrays.values()

    def items(self):
        return self._arrays.items()

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        return False


def loadtxt(fname, dtype=float64, comments="#", delimiter=None, skiprows=0, usecols=None, unpack=False, **options):
    if hasattr(fname, "read"):
        text = fname.read()
    else:
        with open(fname) as file:
            text = file.read()
    rows, usecols = [], [usecols] if isinstance(usecols, int) else usecols
    for line in text.split("\n")[skiprows:]:
        line = line.split(comments)[0].strip()
        if line:
            words = line.split(delimiter)
            rows.append([float(words[i]) for i in usecols] if usecols is not None else [float(w) for w in words])
    rows = squeeze(_asarray(rows, dtype))
    return rows.T if unpack else rows


def genfromtxt(fname, dtype=float64, delimiter=None, skip_header=0, usecols=None, **options):
    return loadtxt(fname, dtype, "#", delimiter, skip_header, usecols)


def savetxt(fname, X, fmt="%.18e", delimiter=" ", newline="\n", header="", comments="# "):
    rows = atleast_1d(X)
    rows = reshape(rows, (-1, 1)) if rows.ndim == 1 else rows
    with open(fname, "w") as file:
        if header:
            file.write(comments + header + newline)
        for row in rows.tolist():
            file.write(delimiter.join([fmt % x for x in row]) + newline)


import numpy.linalg
import numpy.random
