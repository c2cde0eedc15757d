# Names: global, nonlocal, enclosing, builtin; and when defaults and closures are made.
x = "global"


def outer():
    x = "outer"

    def inner():
        x = "inner"
        return x

    def reader():
        return x

    def writer():
        nonlocal x
        x = "written"

    first = reader()
    writer()
    return inner(), first, reader()


print(outer(), x)


def use_global():
    global x, created
    x = "changed"
    created = 1
    return [x for x in range(3)]


print(use_global(), x, created)


class Scope:
    x = "class"
    items = [1, 2]
    doubled = [i * 2 for i in items]

    def method(self):
        return x, self.x, Scope.doubled


print(Scope().method())
i = "kept"
squares = [i * i for i in range(3)]
print(i, squares)
for i in range(3):
    pass
print(i)
funcs = []
for n in range(3):
    funcs.append(lambda: n)
n = 10
print([f() for f in funcs], [f() for f in [lambda k=k: k for k in range(3)]])


def make_counter():
    count = {"n": 0}

    def step(by=1):
        count["n"] += by
        return count["n"]

    return step, lambda: count["n"]


step, value = make_counter()
step(), step(5)
print(value())


def defaults(a, b=x, c=[]):
    c.append(a)
    return b, c


x = "later"
print(defaults(1), defaults(2), defaults(3, c=[0]))


def early():
    try:
        return y
    except NameError as e:
        return str(e)


print(early())
y = 5
print(early())
list_ = list
sum = lambda xs: "shadowed"
print(sum([1, 2]), list_((1, 2)))
del sum
print(sum([1, 2]))
try:
    del x
    print(x)
except NameError as e:
    print("NameError:", e)


def recursive(n, memo={}):
    if n in memo:
        return memo[n]
    memo[n] = n if n < 2 else recursive(n - 1) + recursive(n - 2)
    return memo[n]


print(recursive(50))
a = b = [1]
a += [2]
b = b + [3]
print(a, b)


def mutate(l, n):
    l.append(n)
    l = [n]
    n += 1
    return l, n


original = [0]
print(mutate(original, 5), original)
