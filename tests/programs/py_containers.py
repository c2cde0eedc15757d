# The methods of lists, dicts, sets and tuples.
l = [3, 1, 2]
l.append(5)
l.extend([4, 1])
l.insert(0, 9)
l.insert(-1, 8)
print(l, l.pop(), l.pop(0), l, l.index(2), l.count(1))
l.remove(8)
l.sort()
print(l, sorted(l, reverse=True), list(reversed(l)))
l.reverse()
m = l.copy()
m.clear()
print(l, m, 3 in l, 7 not in l)
words = ["banana", "fig", "Apple", "cherry"]
print(sorted(words), sorted(words, key=len), sorted(words, key=str.lower), sorted(words, key=lambda w: (-len(w), w)))
print(min(words, key=len), max(words, key=len), min([], default="none"), max(3, 7, 5), sum([[1], [2]], []))
for bad in [lambda: [].pop(), lambda: l.index(99), lambda: l.remove(99), lambda: [1][5], lambda: sorted([1, "a"])]:
    try:
        bad()
    except (IndexError, ValueError, TypeError) as e:
        print(type(e).__name__ + ":", e)

d = {"a": 1, "b": 2}
d["c"] = 3
d.update({"a": 10}, e=5)
print(d, len(d), "a" in d, 1 in d, d.get("z"), d.get("z", 0), d.pop("e"), d.pop("z", None))
print(list(d), list(d.keys()), list(d.values()), list(d.items()))
print(d.keys(), d.values(), d.items())
print(d.setdefault("f", []), d.setdefault("a", 0), d.popitem(), d)
for key, value in sorted(d.items(), key=lambda kv: -kv[1]):
    print(key, "->", value, end=" ")
print()
del d["a"]
try:
    d["a"]
except KeyError as e:
    print("KeyError:", e, repr(e))
print(d | {"x": 0}, dict([("p", 1), ("q", 2)]), dict(a=1), dict.fromkeys("ab", 0), {} == dict())
print({1: "int", 1.5: "float", (1, 2): "tuple", None: 0, True: "bool"})
for bad in [lambda: {[]: 1}, lambda: {{}}, lambda: d.nothing]:
    try:
        bad()
    except (TypeError, AttributeError) as e:
        print(type(e).__name__ + ":", e)

s, t = {1, 2, 3}, {3, 4}
print(sorted(s | t), s & t, sorted(s - t), sorted(s ^ t), s <= {1, 2, 3, 4}, s.isdisjoint({9}))
s.add(7)
s.discard(100)
s.remove(1)
print(sorted(s), len(s), 7 in s, set(), frozenset([1]), {1} == {1, 1})
s.update([8, 9])
print(sorted(s), sorted(s.union([0])), s.issuperset({2}), sorted(set("hello")))
p = (1, 2, 1)
print(p.count(1), p.index(2), p + (3,), (), (1,), len(p), p[0], hash(p) == hash((1, 2, 1)))
try:
    p[0] = 5
except TypeError as e:
    print(e)
print(bool([]), bool({}), bool(()), bool("0"), bool(0.0), bool([0]), [] or "default", [1] and "last")
