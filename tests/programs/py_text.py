# Working with text: counting, ciphers, parsing, tables, a tiny tokenizer and calculator.
import string

text = """It was the best of times, it was the worst of times,
it was the age of wisdom, it was the age of foolishness"""
words = [w.strip(",.").lower() for w in text.split()]
counts = {}
for w in words:
    counts[w] = counts.get(w, 0) + 1
for w, n in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:5]:
    print(f"{w:<8}{'#' * n} {n}")
print(len(words), len(set(words)), max(words, key=len), sum(map(len, words)) / len(words))


def caesar(s, k):
    out = []
    for c in s:
        if c.isalpha():
            base = ord("A") if c.isupper() else ord("a")
            out.append(chr((ord(c) - base + k) % 26 + base))
        else:
            out.append(c)
    return "".join(out)


secret = caesar("Hello, World!", 3)
print(secret, caesar(secret, -3))
print(" ".join(w[::-1] for w in "never odd or even".split()), "racecar" == "racecar"[::-1])
print({c: "hello".count(c) for c in "hello"}, "".join(sorted("tensor")), sorted("bAc", key=str.lower))
print(string.ascii_lowercase[:5], string.digits, string.punctuation[:4], string.ascii_letters[-3:])

record = "lr=0.1; epochs=5; name=test; flag"
settings = {}
for part in record.split(";"):
    key, sep, value = part.strip().partition("=")
    settings[key] = value if sep else True
print(settings, float(settings["lr"]) * int(settings["epochs"]))
table = [["layer", "shape", "params"], ["fc1", "(784, 32)", 25120], ["fc2", "(32, 10)", 330]]
widths = [max(len(str(row[i])) for row in table) for i in range(3)]
for row in table:
    print(" | ".join(str(c).ljust(w) if isinstance(c, str) else str(c).rjust(w) for c, w in zip(row, widths)))
print("-" * (sum(widths) + 6))


def tokens(s):
    number = ""
    for c in s + " ":
        if c.isdigit() or c == ".":
            number += c
            continue
        if number:
            yield float(number)
            number = ""
        if c != " ":
            yield c


def evaluate(s):
    stack, ops = [], []
    rank = {"+": 1, "-": 1, "*": 2, "/": 2}
    apply = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b}

    def reduce():
        b, a = stack.pop(), stack.pop()
        stack.append(apply[ops.pop()](a, b))

    for t in tokens(s):
        if isinstance(t, float):
            stack.append(t)
        elif t == "(":
            ops.append(t)
        elif t == ")":
            while ops[-1] != "(":
                reduce()
            ops.pop()
        else:
            while ops and ops[-1] != "(" and rank[ops[-1]] >= rank[t]:
                reduce()
            ops.append(t)
    while ops:
        reduce()
    return stack[0]


print(list(tokens("3*(4.5 - 1)")), evaluate("1 + 2 * 3"), evaluate("(1 + 2) * 3 / 4 - 10"))
roman = {"M": 1000, "CM": 900, "D": 500, "CD": 400, "C": 100, "XC": 90, "L": 50, "XL": 40, "X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1}


def to_roman(n):
    out = ""
    for letters, value in roman.items():
        while n >= value:
            out += letters
            n -= value
    return out


print([to_roman(n) for n in (4, 9, 14, 1994, 2024)], "%s has %d letters" % ("word", len("word")))
