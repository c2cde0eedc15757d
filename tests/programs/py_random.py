# Python's own random numbers: for a seed, the same as everywhere.
import random
from random import randint, shuffle

random.seed(0)
print([round(random.random(), 6) for _ in range(4)])
print([random.randint(1, 6) for _ in range(12)])
print(round(random.uniform(-1, 1), 6), round(random.uniform(5, 10), 6))
print(random.choice("abcdef"), random.choice([10, 20, 30]), random.choice(range(100)))
l = list(range(10))
random.shuffle(l)
print(l)
print(random.sample(range(100), 5), random.sample("abcdef", 3))
print([round(random.gauss(0, 1), 6) for _ in range(5)])
print(random.choices([1, 2, 3], k=6), random.choices("ab", weights=[1, 9], k=8))
print(random.randrange(10), random.randrange(5, 50, 5), random.getrandbits(16))
print(round(random.normalvariate(10, 2), 6), round(random.expovariate(1.5), 6))

random.seed(42)
first = [random.random() for _ in range(3)]
random.seed(42)
print(first == [random.random() for _ in range(3)])
words = ["zero", "one", "two", "three"]
shuffle(words)
print(words, [randint(0, 1) for _ in range(10)])

r = random.Random(7)
print([r.randint(0, 9) for _ in range(8)], round(r.random(), 6), r.choice(words))
state = r.getstate()
a = r.random()
r.setstate(state)
print(a == r.random())

random.seed(123)
inside = sum(random.random() ** 2 + random.random() ** 2 < 1 for _ in range(10000))
print("pi is about", 4 * inside / 10000)
walk, position = [], 0
for _ in range(20):
    position += random.choice((-1, 1))
    walk.append(position)
print(walk)
random.seed(1)
data = [(x, 2 * x + random.gauss(0, 0.1)) for x in range(5)]
print(["%d:%.3f" % d for d in data])
