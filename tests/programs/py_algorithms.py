# Sorting, searching, primes, queens, matrices: the classics.
def bubble(a):
    a = a[:]
    for i in range(len(a)):
        for j in range(len(a) - 1 - i):
            if a[j] > a[j + 1]:
                a[j], a[j + 1] = a[j + 1], a[j]
    return a


def quick(a):
    if len(a) <= 1:
        return a
    pivot, rest = a[0], a[1:]
    return quick([x for x in rest if x < pivot]) + [pivot] + quick([x for x in rest if x >= pivot])


def merge(a):
    if len(a) < 2:
        return a
    mid = len(a) // 2
    left, right, out = merge(a[:mid]), merge(a[mid:]), []
    while left and right:
        out.append((left if left[0] <= right[0] else right).pop(0))
    return out + left + right


def insertion(a):
    a = list(a)
    for i in range(1, len(a)):
        x, j = a[i], i - 1
        while j >= 0 and a[j] > x:
            a[j + 1] = a[j]
            j -= 1
        a[j + 1] = x
    return a


def heap(a):
    a = list(a)

    def sift(i, n):
        while (child := 2 * i + 1) < n:
            if child + 1 < n and a[child + 1] > a[child]:
                child += 1
            if a[i] >= a[child]:
                return
            a[i], a[child], i = a[child], a[i], child

    for i in reversed(range(len(a) // 2)):
        sift(i, len(a))
    for n in range(len(a) - 1, 0, -1):
        a[0], a[n] = a[n], a[0]
        sift(0, n)
    return a


seed, numbers = 12345, []
for _ in range(200):
    seed = (1103515245 * seed + 12345) % 2 ** 31
    numbers.append(seed // 65536 % 1000)
print(numbers[:8], all(s(numbers) == sorted(numbers) for s in (bubble, quick, merge, insertion, heap)))


def search(a, x):
    lo, hi = 0, len(a)
    while lo < hi:
        mid = (lo + hi) // 2
        lo, hi = (mid + 1, hi) if a[mid] < x else (lo, mid)
    return lo if lo < len(a) and a[lo] == x else -1


print(search([1, 3, 5, 7], 5), search([1, 3, 5, 7], 4))
sieve = [True] * 50
for i in range(2, 50):
    for j in range(i * i, 50, i):
        sieve[j] = False
print([i for i in range(2, 50) if sieve[i]])


def queens(n, placed=()):
    if len(placed) == n:
        return 1
    ok = lambda c: all(c != q and abs(c - q) != len(placed) - r for r, q in enumerate(placed))
    return sum(queens(n, placed + (c,)) for c in range(n) if ok(c))


print([queens(n) for n in range(1, 7)])


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
    return row[-1]


print(distance("kitten", "sitting"), distance("", "abc"), distance("same", "same"))


def determinant(m):
    if len(m) == 1:
        return m[0][0]
    minor = lambda j: [row[:j] + row[j + 1 :] for row in m[1:]]
    return sum((-1) ** j * m[0][j] * determinant(minor(j)) for j in range(len(m)))


print(determinant([[2, 0, 1], [1, 3, 2], [1, 1, 4]]))
board = {(1, 0), (1, 1), (1, 2)}
for _ in range(3):
    near = [(x + i, y + j) for x, y in board for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j]
    board = {c for c in set(near) if near.count(c) == 3 or (near.count(c) == 2 and c in board)}
    print(sorted(board))
