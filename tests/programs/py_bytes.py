"""Pairs of bytes that are merged into tokens."""


def get_stats(ids):
    counts = {}
    for pair in zip(ids, ids[1:]):
        counts[pair] = counts.get(pair, 0) + 1
    return counts


def merge(ids, pair, idx):
    newids, i = [], 0
    while i < len(ids):
        if i < len(ids) - 1 and ids[i] == pair[0] and ids[i + 1] == pair[1]:
            newids.append(idx)
            i += 2
        else:
            newids.append(ids[i])
            i += 1
    return newids


text = "aaabdaaabac héllo 😄"
ids = list(text.encode("utf-8"))
merges = {}
for i in range(3):
    stats = get_stats(ids)
    top = max(stats, key=stats.get)
    merges[top] = 256 + i
    ids = merge(ids, top, 256 + i)
    print(f"merge {i + 1}/3: {top} -> {256 + i}")
vocab = {i: bytes([i]) for i in range(256)}
for (first, second), idx in merges.items():
    vocab[idx] = vocab[first] + vocab[second]
print(b"".join(vocab[i] for i in ids).decode("utf-8", errors="replace"), len(ids), vocab[256], vocab[257])
print(bytes([0xFF, 65]).decode("utf-8", errors="replace"), bytes([0xFF, 65]).decode("utf-8", errors="ignore"))
print(b", ".join([b"a", b"b"]), b"abc".startswith(b"ab"), "abc".encode().hex())
try:
    b"".join(["a"])
except TypeError as error:
    print(error)
