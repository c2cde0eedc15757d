"""Writes crates/lang/src/random/ziggurat.bin: the 256 layers of NumPy's ziggurats for normal and for exponential numbers, by width.

A width is the right end of a layer, divided by 2**52 for normal numbers (layers 0 to 255) and by 2**53 for exponential ones
(256 to 511): little-endian float64. NumPy has them as tables that were rounded on the way, so they cannot be computed again
to the last bit: they are found in its library by the widths of the outermost layers, which are exact.
"""

import glob
import os
import struct

import numpy

NORMAL, EXPONENTIAL = 3.6541528853610088 / 2 ** 52, 7.6971174701310497 / 2 ** 53

(path,) = glob.glob(os.path.join(os.path.dirname(numpy.__file__), "random", "_generator*.so"))
with open(path, "rb") as file:
    library = file.read()


def table(last):
    end = library.index(struct.pack("<d", last)) + 8
    return library[end - 2048:end]


target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../crates/lang/src/random/ziggurat.bin")
with open(target, "wb") as file:
    file.write(table(NORMAL) + table(EXPONENTIAL))
