"""Writes beside every program what Python and PyTorch print for it.

    python3 make.py                     every program
    python3 make.py py_control.py ...   those programs
    python3 make.py --check [...]       writes nothing, names the programs that print something else

A program runs in an empty folder, in a process of its own. What it prints goes to NAME.out; if it ends in
an error, the last line of its traceback goes to NAME.err. Run it with a Python that has PyTorch 1.13 and
NumPy 1.24. What such a Python may lack, torchvision and matplotlib, is in stand_in/.

--check also asks PyTorch and the BLAS for their plainest kernels, which add in another order: a program
whose text depends on the order of a sum is found out.
"""

import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PLAIN_KERNELS = {"ATEN_CPU_CAPABILITY": "default", "OPENBLAS_CORETYPE": "Prescott", "PYTHONHASHSEED": "1"}


def run(program, extra):
    """What the program prints, and the last line of its traceback or None."""
    environment = dict(os.environ, PYTHONPATH=os.path.join(HERE, "stand_in"), **extra)
    environment.update(OMP_NUM_THREADS="1", PYTHONDONTWRITEBYTECODE="1", PYTHONIOENCODING="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, program], cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True
        )
    error = None
    if done.returncode != 0:
        error = done.stderr.decode("utf-8").rstrip("\n").rsplit("\n", 1)[-1] + "\n"
    return done.stdout.decode("utf-8"), error


def expected(path):
    if not os.path.exists(path):
        return None
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def write(path, text):
    if text is None:
        if os.path.exists(path):
            os.remove(path)
        return
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def main(arguments):
    check = "--check" in arguments
    named = [os.path.basename(name) for name in arguments if name != "--check"]
    programs = named or sorted(name for name in os.listdir(HERE) if name.endswith(".py") and name != "make.py")
    wrong = 0
    for name in programs:
        program = os.path.join(HERE, name)
        out, err = program[:-3] + ".out", program[:-3] + ".err"
        text, error = run(program, PLAIN_KERNELS if check else {})
        if check:
            if (text, error) != (expected(out), expected(err)):
                wrong += 1
                print(name, "prints something else")
        else:
            write(out, text)
            write(err, error)
            print(name, "ends in", error.rstrip() if error else "order")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
