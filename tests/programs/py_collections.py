# OrderedDict, defaultdict, Counter, namedtuple, deque.
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple

text = "the cat and the dog and the bird"
counts = Counter(text.split())
print(counts, counts["the"], counts["missing"], counts.most_common(2))
print(Counter("mississippi"), sum(counts.values()), sorted(counts.items()), list(Counter(a=2, b=1).elements()))
counts.update(["cat", "cat"])
print(counts.most_common(1), Counter("aab") + Counter("bc"), Counter("aab") - Counter("ab"))

d = defaultdict(list)
for word in text.split():
    d[len(word)].append(word)
print(dict(d), d[99], len(d), 100 in d)
n = defaultdict(int)
for c in "hello":
    n[c] += 1
print(n, n["z"])
nested = defaultdict(lambda: defaultdict(float))
nested["a"]["b"] += 1.5
print(nested["a"]["b"], {k: dict(v) for k, v in nested.items()})

o = OrderedDict([("conv", 1), ("relu", 2)])
o["fc"] = 3
o.move_to_end("conv")
print(o, list(o), o.popitem(last=False), OrderedDict(a=1) == {"a": 1})

Point = namedtuple("Point", ["x", "y"])
p = Point(1, y=2)
print(p, p.x, p[1], p._replace(x=5), p._asdict(), p == (1, 2), Point._fields, len(p))
x, y = p
print(x + y, sorted([Point(2, 1), Point(1, 5)]), max([Point(2, 1), Point(1, 5)], key=lambda q: q.y))
Transition = namedtuple("Transition", ("state", "action", "reward"))
memory = deque(maxlen=3)
for i in range(5):
    memory.append(Transition(i, i % 2, -i))
print(memory[0], len(memory), memory.maxlen)
batch = Transition(*zip(*memory))
print(batch.state, batch.reward)

q = deque([1, 2, 3])
q.append(4)
q.appendleft(0)
print(q, q.pop(), q.popleft(), list(q), q[1])
q.rotate(1)
q.extend([8, 9])
q.extendleft([7, 6])
print(q, len(q), 8 in q)
graph = {"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}
seen, queue = ["a"], deque(["a"])
while queue:
    for neighbour in graph[queue.popleft()]:
        if neighbour not in seen:
            seen.append(neighbour)
            queue.append(neighbour)
print(seen)
try:
    p.x = 3
except AttributeError as e:
    print(e)
