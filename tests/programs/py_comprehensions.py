# Comprehensions of lists, dicts and sets; unpacking; slices; matrices as lists.
print([x ** 2 for x in range(10) if x % 2], [(i, j) for i in range(3) for j in range(i)])
print({w: len(w) for w in "the quick brown fox".split()})
print(sorted({x % 4 for x in range(20)}), {k: v for k, v in zip("abc", range(3)) if v})
print([["*" if i == j else "." for j in range(3)] for i in range(3)])
print([x if x > 0 else -x for x in (-2, 3, -4)], [y for x in range(5) if (y := x * x) > 5])
matrix = [[1, 2, 3], [4, 5, 6]]
print([list(row) for row in zip(*matrix)], [v for row in matrix for v in row])
product = [[sum(a * b for a, b in zip(row, col)) for col in zip(*matrix)] for row in zip(*matrix)]
for row in product:
    print(" ".join("%3d" % v for v in row))

a, *b = [1, 2, 3, 4]
*c, d = "xyz"
e, *f, g = range(6)
(h, i), j = (1, 2), 3
print(a, b, c, d, e, f, g, h, i, j)
for k, (x, y) in enumerate([(1, 2), (3, 4)]):
    print(k, x, y, sep=":", end=";")
print()
print([*range(3), *"ab"], {**{"a": 1, "b": 2}, "b": 3}, (*b, 0), [*b[:1], 9, *b[1:]])
a, b = b, a
print(a, b)
x = y = []
x.append(1)
print(y, x is y, x == [1], x is not [1])

s = list(range(10))
print(s[2:5], s[:3], s[-3:], s[::2], s[::-1], s[8:2:-2], s[5:100], s[100:], s[-1:-4:-1])
s[2:5] = ["a", "b"]
print(s)
s[::3] = [0] * len(s[::3])
print(s)
del s[0], s[-2:]
print(s)
s[1:1] = [7, 7]
print(s, s[:], "abcdef"[1:4], "abcdef"[::-2], (1, 2, 3)[:2])
print([0] * 3 + [1], [[0] * 2 for _ in range(2)], "ab" * 3, (1,) * 2, () + (1,))
rows = [[0] * 2] * 2
rows[0][0] = 5
print(rows, [1, 2] < [1, 3], (1, "b") > (1, "a"), [1] == (1,), [[]] == [[]])
n = 10
if (half := n // 2) > 3:
    print("walrus", half)
print(1 < half <= 5 < n, 1 < half > 10, not 1 == 2 != 3)
