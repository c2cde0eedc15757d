# The first page of any course.
x = 3
y = 4.5
name = "Ada"
print("Hello", name)
print(x + y, x * 2, x ** 2, x / 2, x // 2, x % 2)
print(f"{name} has {x} apples and {y} pears")
fruits = ["apple", "pear"]
fruits.append("plum")
for fruit in fruits:
    print("-", fruit)
for i in range(3):
    if i == 1:
        print("one")
    elif i > 1:
        print("more")
    else:
        print("none")
prices = {"apple": 1.5, "pear": 2}
prices["plum"] = 0.25
total = 0
for fruit in fruits:
    total += prices[fruit]
print("total", total)


def greet(who, greeting="Hello"):
    return greeting + ", " + who + "!"


print(greet("Grace"), greet("Alan", greeting="Hi"))
n = 10
while n > 0:
    n -= 3
print(n, n < 0, not n, n == -2 and len(fruits) == 3)
squares = [i ** 2 for i in range(5)]
print(squares, sum(squares), max(squares), squares[-1], squares[1:3])


class Dog:
    def __init__(self, name):
        self.name = name

    def bark(self):
        return self.name + " says woof"


print(Dog("Rex").bark())
