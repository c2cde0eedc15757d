import torch


def attempt(call):
    try:
        print(call())
    except (TypeError, RuntimeError) as error:
        print(type(error).__name__, error)


# Common divisors and multiples.
a = torch.tensor([12, -18, 0, 7, 100])
b = torch.tensor([[8], [0], [-15]])
print(torch.gcd(a, b))
print(torch.lcm(a, b), a.gcd(torch.tensor(6)), a.lcm(torch.tensor(6)))
print(torch.gcd(a.to(torch.int16), torch.tensor([4], dtype=torch.uint8)))
attempt(lambda: torch.gcd(torch.tensor(1.0), torch.tensor(2.0)))
attempt(lambda: torch.lcm(torch.tensor([True]), torch.tensor([True])))
attempt(lambda: torch.lcm(a, 8))

# The error function: what is left of it, and its inverse.
x = torch.tensor([-3.0, -0.7, 0.0, 0.4, 2.0, 4.0], requires_grad=True)
y = torch.erfc(x)
print(["%.3e" % v for v in y.tolist()])
y.sum().backward()
print([round(v, 4) + 0.0 for v in x.grad.tolist()])
x = torch.tensor([-0.99, -0.6, 0.0, 0.01, 0.3, 0.8, 0.999], requires_grad=True)
y = x.erfinv()
print([round(v, 4) + 0.0 for v in y.tolist()])
y.sum().backward()
print([round(v, 3) for v in x.grad.tolist()])
print(torch.erfinv(torch.tensor([0, 1, 2, -1])), torch.special.erfc(torch.tensor([0, 1, 2, -1])), torch.special.erfinv(torch.tensor(0.5)))
uniform = torch.tensor([0.1, 0.5, 0.9])
print(uniform.mul_(2).sub_(1).erfinv_().mul_(2 ** 0.5), uniform)
attempt(lambda: torch.tensor([0, 1]).erfinv_())

# Integers are not put into bins, and types of integers keep to their bounds.
print(torch.histc(torch.tensor([1.0, 2.0, 1.0]), bins=4, min=0, max=3))
attempt(lambda: torch.histc(torch.tensor([1, 2, 1]), bins=4))
attempt(lambda: torch.histc(torch.tensor([1, 2, 1], dtype=torch.uint8), bins=4))
small = torch.tensor([1, 100, -100], dtype=torch.int8)
attempt(lambda: small.clamp(max=300))
attempt(lambda: small.clamp(min=-300))
attempt(lambda: small.clamp_(-300, 300))
attempt(lambda: small.clamp_max(300))
attempt(lambda: small.clamp(-5, 5))
attempt(lambda: small.clamp(max=2.5))
attempt(lambda: torch.tensor([200], dtype=torch.uint8).clamp(max=256))
attempt(lambda: torch.tensor([200], dtype=torch.uint8).clamp(min=-1))

# Bytes and truth values that are added at places.
places = torch.tensor([0, 0, 1])
for dtype in (torch.uint8, torch.int8, torch.bool):
    zeros = torch.zeros(3, dtype=dtype)
    values = torch.tensor([200, 100, 3], dtype=torch.uint8).to(dtype)
    print(zeros.scatter_add(0, places, values), zeros.scatter_add_(0, places, values), zeros)
