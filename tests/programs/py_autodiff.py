# A scalar autograd engine in plain Python, and a neuron trained with it.
import math


class Value:
    def __init__(self, data, children=(), op=""):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None
        self._prev = set(children)
        self._op = op

    def __repr__(self):
        return f"Value(data={self.data:.4f}, grad={self.grad:.4f})"

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other), "+")

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other), "*")

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def __pow__(self, k):
        assert isinstance(k, (int, float)), "only numbers"
        out = Value(self.data ** k, (self,), f"**{k}")

        def _backward():
            self.grad += k * self.data ** (k - 1) * out.grad

        out._backward = _backward
        return out

    def tanh(self):
        t = math.tanh(self.data)
        out = Value(t, (self,), "tanh")

        def _backward():
            self.grad += (1 - t * t) * out.grad

        out._backward = _backward
        return out

    def backward(self):
        order, seen = [], set()

        def build(v):
            if v not in seen:
                seen.add(v)
                for child in v._prev:
                    build(child)
                order.append(v)

        build(self)
        self.grad = 1.0
        for v in reversed(order):
            v._backward()

    __radd__ = __add__
    __rmul__ = __mul__
    __neg__ = lambda self: self * -1
    __sub__ = lambda self, other: self + (-other)
    __truediv__ = lambda self, other: self * other ** -1


a, b = Value(-4.0), Value(2.0)
c = a * b + b ** 3
d = c * 2 + (b - a) / b + 3 * a.tanh()
d.backward()
print(d, a, b, d._op)
w1, w2, bias = Value(0.3), Value(-0.2), Value(0.1)
data = [((0, 0), -1), ((0, 1), 1), ((1, 0), 1), ((1, 1), 1)]
for step in range(101):
    loss = sum(((w1 * x + w2 * y + bias).tanh() - t) ** 2 for (x, y), t in data)
    for p in (w1, w2, bias):
        p.grad = 0.0
    loss.backward()
    for p in (w1, w2, bias):
        p.data -= 0.1 * p.grad
    if step % 25 == 0:
        print("step %3d loss %.4f" % (step, loss.data), w1)
print([(w1.data * x + w2.data * y + bias.data > 0) == (t > 0) for (x, y), t in data])
