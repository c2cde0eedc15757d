# Inheritance, super, properties, class and static methods.
class Shape:
    count = 0
    sides = None

    def __init__(self, name):
        self.name = name
        Shape.count += 1

    def area(self):
        raise NotImplementedError("area of " + self.name)

    def describe(self):
        return "%s of area %.2f" % (self.name, self.area())

    @classmethod
    def named(cls, name):
        return cls(name)

    @staticmethod
    def double(x):
        return 2 * x


class Rectangle(Shape):
    sides = 4

    def __init__(self, width, height, name="rectangle"):
        super().__init__(name)
        self.width, self.height = width, height

    def area(self):
        return self.width * self.height

    @property
    def perimeter(self):
        return Shape.double(self.width + self.height)

    @property
    def scale(self):
        return self._scale if hasattr(self, "_scale") else 1

    @scale.setter
    def scale(self, value):
        if value <= 0:
            raise ValueError("scale must be positive")
        self._scale = value
        self.width *= value
        self.height *= value


class Square(Rectangle):
    def __init__(self, side):
        super(Square, self).__init__(side, side, name="square")

    def describe(self):
        return "regular " + super().describe()


r = Rectangle(2, 3)
s = Square(1.5)
print(r.describe(), "|", s.describe())
print(r.perimeter, s.perimeter, r.scale)
s.scale = 2
print(s.width, s.scale, s.area())
try:
    s.scale = -1
except ValueError as e:
    print("ValueError:", e)
try:
    r.perimeter = 3
except AttributeError as e:
    print("AttributeError raised", type(e).__name__)
try:
    Shape.named("blob").area()
except NotImplementedError as e:
    print("not implemented:", e)
print(Shape.count, Rectangle.sides, s.sides, Shape.sides)
print(isinstance(s, Rectangle), isinstance(s, (int, Shape)), isinstance(r, Square))
print(issubclass(Square, Shape), type(s) is Square, type(s).__name__, s.__class__.__name__)
s.sides = 5
print(s.sides, Square.sides, Square(2).sides)
print(hasattr(r, "width"), hasattr(r, "depth"), getattr(r, "depth", "none"))
setattr(r, "depth", 7)
print(r.depth, sorted(r.__dict__))
del r.depth
try:
    print(r.depth)
except AttributeError as e:
    print(e)
