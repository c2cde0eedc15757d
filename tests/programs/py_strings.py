# The methods of strings, and how strings are written.
s = "  Deep Learning, in a Tab  "
print(repr(s.strip()), repr(s.lstrip()), repr(s.rstrip()), s.strip().lower(), s.strip().upper())
t = s.strip()
print(t.split(), t.split(", "), t.split("e", 1), t.rsplit(" ", 1), "a,b,,c".split(","), "".split(), "".split(","))
print(t.replace("e", "3"), t.replace("e", "3", 1), t.find("Learn"), t.find("zzz"), t.index("in"), t.count("e"))
print(t.startswith("Deep"), t.endswith(("Tab", "Window")), "Tab" in t, t[0], t[-3:], t.title(), t.swapcase())
print("hello world".capitalize(), "-".join(["a", "b", "c"]), ",".join(str(i) for i in range(4)))
print("".join(reversed("abc")))
print("abc".center(9, "*"), "abc".ljust(6) + "|", "abc".rjust(6) + "|", "42".zfill(5), "-42".zfill(5))
print("123".isdigit(), "12a".isdigit(), "abc".isalpha(), "a1".isalnum(), "ABC".isupper(), " ".isspace(), "".isdigit())
print("one\ntwo\nthree".splitlines(), "key=value=x".partition("="), "a.b.c".rpartition("."), "x".partition("="))
print("xxabcxx".strip("x"), "file.tar.gz".rstrip("gz."), "prefix_name".removeprefix("prefix_"), "a\tb".expandtabs(4))
print(ord("a"), chr(98), [chr(ord("a") + i) for i in range(5)], "a" < "b", "Z" < "a", "10" < "9")
print("abc".translate(str.maketrans("ab", "xy")), "ß é ñ 日本".upper(), len("日本"), "日本"[1])
print(repr("it's"), repr('say "hi"'), repr("both ' and \""), repr("tab\tnew\nback\\slash"), repr("\x00\x7f\u00e9"))
print("tab\tnew\\n", r"raw\n", "octal \101 hex \x41 unicode \u0041", "con" "cat" 'ed')
print("""three
lines '''of''' "text"
""", end="")
print(list("abc"), tuple("ab"), sorted("hello"), str(1.0), str(None), str([1, "a"]), str(("x",)), repr("x"))
print(int("42"), int("-7"), int(" 12 "), int("ff", 16), int("1010", 2), float("3.5"), float("1e-3"))
print(float("-inf"), float("nan"))
print("%d%%" % 50, "ab" "cd"[1], "a" + "b" * 2, "abc"[::-1], "abcabc".rfind("b"))
for bad in [
    lambda: int("x1"), lambda: float("abc"), lambda: "abc".index("z"), lambda: "a" + 1, lambda: "abc"[10],
    lambda: 1 + "a",
]:
    try:
        bad()
    except (ValueError, TypeError, IndexError) as e:
        print(type(e).__name__ + ":", e)
text = "the cat sat on the mat the end"
vocab = sorted(set(text.split()))
index = {w: i for i, w in enumerate(vocab)}
print(vocab, [index[w] for w in text.split()])
print("a".encode(), b"bytes"[0], b"abc".decode("utf-8"), "é".encode("utf-8"), isinstance("a", str), bytes([65, 66]))
print("A-B_C".lower().replace("-", "").replace("_", ""), "%s" % "x".islower(), "Hello"[1:-1], "x" in "", "" in "x")
