"""Integers of 8, 16 and 32 bits as arrays, over the bridge to tensors, in files, and arrays of one number in texts."""
import numpy as np
import torch


def show(name, function):
    try:
        print(name, "->", function())
    except (RuntimeError, TypeError, ValueError) as error:
        print(name, "->", type(error).__name__ + ":", str(error).split("\n")[0])


for kind in (np.int8, np.int16, np.int32):
    a = np.array([1, -2, 100], dtype=kind)
    t = torch.from_numpy(a)
    print(repr(a), a.dtype, a.itemsize, a.nbytes, t, repr(t.numpy()), torch.tensor(a), torch.as_tensor(a).dtype)
    print(repr(a + 1), repr(a + 300), repr(a * 2.5), repr(a // 3), repr(a / 2), a.sum().dtype, a.mean(), type(a[0]))
    print(repr(a + np.ones(3, np.uint8)), repr(a + np.ones(3, np.float32)), repr(a * a), repr(-a), repr(a > 0))
    print(repr(np.array([1, 2, 300]).astype(kind)), np.dtype(kind), np.iinfo(kind).max, repr(a[::-1].copy()), repr(a.T))
    print(np.concatenate([a, a]).dtype, np.stack([a]).dtype, np.where(a > 0, a, 0).dtype, np.argmax(a), np.full(2, 7, kind))
    print(np.arange(200)[a], repr(np.array(t)), np.zeros(2, "int16").dtype, a.astype("i4").dtype)
    print(torch.tensor([kind(3)]).dtype, torch.tensor([kind(3), 1]).dtype, torch.tensor([a, a]).dtype, kind(5), repr(kind(5)))
    # Both see what is written.
    a[1] = 7
    t[2] = 9
    a += 1
    t *= 2
    print(a, t, a.dtype, t.dtype)
    np.save("a.npy", a)
    np.savez("a.npz", a=a, b=a.astype(np.float32))
    torch.save({"t": t, "u": t.long()}, "t.pt")
    loaded = np.load("a.npz")
    print(repr(np.load("a.npy")), repr(loaded["a"]), repr(loaded["b"]), torch.load("t.pt"))

# `%` asks for a number: arrays and tensors of one element are one.
for value in (np.array([1.23456]), np.array(2.34567), np.array([[7.9]]), np.array([3], dtype=np.int8), np.array([1.0, 2.0]),
              torch.tensor(1.5), torch.tensor([1.5]), torch.tensor(4, dtype=torch.int16), np.float32(0.1)):
    show("%.4f", lambda: "%.4f" % value)
    show("%d", lambda: "%d|%5d" % (value, value))
    show("%e", lambda: "%e %g" % (value, value))
    show("%s", lambda: "%s" % value)
    show("f", lambda: f"{value} {value:.3f}")
    show("format", lambda: "{:8.2f}".format(value))
