"""`logging`, `glob`, `shutil`, `tempfile`, and what else tutorials do with files and time."""

import fnmatch
import glob
import logging
import os
import shutil
import sys
import timeit
from datetime import datetime
from io import open
from pathlib import Path
from tempfile import TemporaryDirectory

logging.basicConfig(level=logging.INFO, format="%(levelname)s - %(message)s", stream=sys.stdout)
logger = logging.getLogger(__name__)
logger.info("Starting training")
logger.debug("not shown")
logger.warning("loss is %s at epoch %d", 0.5, 3)
logging.getLogger("x.y").error("bad %.3f", 1.5)

train = logging.getLogger("train")
train.setLevel(logging.DEBUG)
train.propagate = False
handler = logging.StreamHandler(sys.stdout)
handler.setFormatter(logging.Formatter("[%(name)s|%(levelname)-8s] %(message)s (%(funcName)s)"))
train.addHandler(handler)
written = logging.FileHandler("train.log", mode="w")
written.setLevel(logging.ERROR)
written.setFormatter(logging.Formatter("%(levelname)s:%(message)s"))
train.addHandler(written)


def step():
    train.info("Epoch %d/%d loss %.4f", 1, 10, 0.123456)


step()
train.debug("now shown")
train.error("bad: %s", ValueError("x"))
print(open("train.log", encoding="utf-8").read(), end="")
print(train, logging.getLevelName(20), train.isEnabledFor(10))

Path("data/train/cat").mkdir(parents=True, exist_ok=True)
Path("data/train/dog").mkdir()
for i in range(3):
    (Path("data/train/cat") / f"{i}.txt").write_text(str(i))
    open(os.path.join("data", "train", "dog", f"d{i}.csv"), "w").close()
print(sorted(glob.glob("data/train/*/*.txt")))
print(sorted(glob.glob("data/**/*.csv", recursive=True)), sorted(str(p) for p in Path("data").rglob("*.txt")))
for folder, folders, files in sorted(os.walk("data")):
    print(folder, sorted(folders), sorted(files))
shutil.copy("data/train/cat/0.txt", "x.txt")
print(open("x.txt").read(), os.path.exists("x.txt"))
shutil.rmtree("data")
print(os.path.exists("data"), os.path.exists("data/train/cat/0.txt"))
with TemporaryDirectory() as folder:
    print(os.path.isdir(folder))
print(os.path.isdir(folder), fnmatch.fnmatch("a.py", "*.py"), timeit.timeit(lambda: 1, number=10) >= 0)
print(datetime.strptime("2021-05-06 07:08", "%Y-%m-%d %H:%M"), datetime.strptime("Jan 5 2020", "%b %d %Y"))
