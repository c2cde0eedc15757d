# What scripts import besides torch: __future__, os.path, sys, time, copy, typing, dataclasses, argparse, enum.
from __future__ import division, print_function

import argparse
import copy
import os
import os.path as osp
import sys
import time
from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional, Tuple, Union

print(os.path.join("data", "mnist", "train.gz"), osp.basename("a/b.txt"), osp.dirname("a/b.txt"))
print(osp.splitext("x.tar.gz"))
print(os.path.exists("no_such_file"), sys.version_info[0] >= 3, sys.version_info >= (3, 6), sys.maxsize > 2 ** 31 - 2)
start = time.time()
elapsed = time.time() - start
print(elapsed >= 0, isinstance(start, float), "%.0f minutes" % (elapsed // 60))

a = {"w": [1, 2], "n": {"x": 1}}
shallow, deep = copy.copy(a), copy.deepcopy(a)
a["w"].append(3)
a["n"]["x"] = 5
print(shallow, deep, shallow["w"] is a["w"])


@dataclass
class Options:
    lr: float
    epochs: int = 10
    layers: List[int] = field(default_factory=list)
    name: Optional[str] = None

    def total(self) -> int:
        return self.epochs * len(self.layers)


o = Options(0.1, layers=[3, 4])
print(o, o.total(), o == Options(0.1, 10, [3, 4]), o != Options(0.2))
o.epochs += 1
print(o.epochs, Options(1.0).layers is Options(1.0).layers)


def annotated(x: int, ys: Union[List[float], Tuple[float, ...]] = (), *, flag: bool = False) -> Dict[str, Any]:
    count: int = len(ys)
    note: str
    return {"x": x, "count": count, "flag": flag}


print(annotated(1, [2.0], flag=True))

parser = argparse.ArgumentParser(description="PyTorch MNIST Example")
parser.add_argument("--batch-size", type=int, default=64, metavar="N", help="input batch size (default: 64)")
parser.add_argument("--lr", type=float, default=0.01, help="learning rate")
parser.add_argument("--no-cuda", action="store_true", default=False)
parser.add_argument("--name", default="run")
args = parser.parse_args([])
args.cuda = not args.no_cuda
print(args.batch_size, args.lr, args.cuda, args.name)
args = parser.parse_args(["--batch-size", "128", "--lr=0.5", "--no-cuda"])
print(args.batch_size + 1, args.lr, args.no_cuda, vars(args))


def main():
    try:
        sys.exit(0)
    except SystemExit as e:
        print("exit", e.code)


if __name__ == "__main__":
    main()
