# Regular expressions, a little: what scripts use them for.
import re

log = "epoch 1: loss=0.53 acc=81.2%\nepoch 2: loss=0.41 acc=86.0%"
print(re.findall(r"loss=([\d.]+)", log), [float(v) for v in re.findall(r"acc=(\d+\.\d+)", log)])
print(re.sub(r"\d+", "#", "a1b22c333"), re.sub("[^a-z]+", " ", "Ab, cd! 12 e".lower()).strip())
print(re.findall(r"[a-z]+", "ab, cd; e"), re.split(r"\s+", "a  b \t c"), re.split("[,;]", "a,b;c"))
m = re.match(r"epoch (\d+): loss=(?P<loss>\S+)", log)
print(m.group(0), m.group(1), m.group("loss"), m.groups(), m.start(), m.end())
print(re.match("loss", log), bool(re.search("loss", log)), re.search("l..s", log).span())
pattern = re.compile(r"(\w+)=(\d+)")
print(pattern.findall("lr=1 bs=64"), [m.group(1) for m in pattern.finditer("lr=1 bs=64")], pattern.sub(r"\2=\1", "a=1"))
print(re.sub(r"([.!?])", r" \1", "stop. now!"), re.sub(r"(.)\1", lambda m: m.group(1).upper(), "aabbc"))
print(re.fullmatch(r"[A-Za-z_]\w*", "valid_name1") is not None, re.fullmatch(r"[A-Za-z_]\w*", "1bad"))
print(re.findall(r"^epoch", log, re.MULTILINE), re.findall("EPOCH", log, flags=re.I), re.escape("a.b"))
