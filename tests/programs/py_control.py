# Loops with else, break and continue; conditions; match by chains; recursion.
for n in range(2, 20):
    for d in range(2, n):
        if n % d == 0:
            break
    else:
        print(n, end=" ")
print("are prime")

n, steps = 27, 0
while n != 1:
    n = n // 2 if n % 2 == 0 else 3 * n + 1
    steps += 1
else:
    print("collatz", steps)
while True:
    steps -= 1
    if steps % 2:
        continue
    if steps < 100:
        break
else:
    print("never")
print(steps)


def grade(score):
    if score >= 90:
        return "A"
    elif score >= 80:
        return "B"
    elif score >= 70:
        pass
    else:
        return
    return "C"


print([grade(s) for s in (95, 85, 75, 65)])


def hanoi(n, a="A", b="B", c="C"):
    if n == 0:
        return []
    return hanoi(n - 1, a, c, b) + [a + c] + hanoi(n - 1, b, a, c)


def permutations(xs):
    if len(xs) <= 1:
        return [xs]
    return [[x] + rest for i, x in enumerate(xs) for rest in permutations(xs[:i] + xs[i + 1 :])]


def ackermann(m, n):
    return n + 1 if m == 0 else ackermann(m - 1, 1 if n == 0 else ackermann(m, n - 1)) if n else ackermann(m - 1, 1)


print(hanoi(3), len(hanoi(8)), permutations([1, 2, 3]), ackermann(2, 3))
for i, c in enumerate("abcdef"):
    if i == 1: continue
    if c == "e": break
    print(i, c, end=", ")
print(i, c)
for i in range(10, 0, -3):
    print(i, end=" ")
print(list(range(5)), list(range(2, 8, 2)), list(range(3, 0)), range(5), len(range(0, 10, 3)), range(10)[3])
print(4 in range(0, 10, 2))
for x in (): print("not reached")
for a, b in {"x": 1, "y": 2}.items(): print(a * b, end=" ")
print()
total = 0
for row in [[1, 2], [3, 4]]:
    for v in row:
        if v == 3: break
        total += v
print(total, "yes" if total else "no", total == 3 and "three" or "other")
fizz = ["FizzBuzz" if i % 15 == 0 else "Fizz" if i % 3 == 0 else "Buzz" if i % 5 == 0 else i for i in range(1, 16)]
print(*fizz, sep=" ")
print("a", "b", sep="", end="!\n")
print()
assert total == 3, "holds"
try:
    assert total == 4, "total was %d" % total
except AssertionError as e:
    print("AssertionError:", e)
if __name__ == '__main__':
    print("main")
