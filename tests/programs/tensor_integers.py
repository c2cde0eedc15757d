"""Integers of 8, 16 and 32 bits: how they are made, computed with, converted and refused."""
import torch
import torch.nn.functional as F

KINDS = [torch.int8, torch.int16, torch.int32]


def show(name, function):
    try:
        print(name, "->", function())
    except (RuntimeError, TypeError, ValueError, IndexError) as error:
        print(name, "->", type(error).__name__ + ":", str(error).split("\n")[0])


def short(dtype):
    return str(dtype)[6:]


# Pairs of letters, counted.
words = ["emma", "olivia", "ava", "isabella", "mia"]
chars = ["."] + sorted(set("".join(words)))
place = {c: i for i, c in enumerate(chars)}
N = torch.zeros((len(chars), len(chars)), dtype=torch.int32)
for word in words:
    for a, b in zip("." + word, word + "."):
        N[place[a], place[b]] += 1
print(N, N.dtype, N.sum().item())
print(N[0], N[0, 1], N[0, 1].item(), N[0].sum(), N.sum(1, keepdim=True).dtype)
P = (N + 1).float()
P /= P.sum(1, keepdim=True)
print(P[0], P.sum(1))
print(torch.multinomial(P[0], 5, replacement=True, generator=torch.Generator().manual_seed(1)))

# Which type meets which.
types = [torch.bool, torch.uint8, *KINDS, torch.int64, torch.float32, torch.float64]
for a in types:
    print(short(a), [short(torch.promote_types(a, b)) for b in types])
    print([short((torch.ones(2, dtype=a) * torch.ones((), dtype=b)).dtype) for b in types])
    print([short((torch.ones(2, dtype=a) + number).dtype) for number in (1, 1.5)] if a != torch.bool else "")
print([short(torch.result_type(torch.ones(2, dtype=a), 1.5)) for a in KINDS])
print(torch.ones(3, dtype=torch.uint8) * torch.ones(3, dtype=torch.int8) * 200)

for kind in KINDS:
    x = torch.tensor([3, -7, 100, 0, -128, 127, 5], dtype=kind)
    y = torch.tensor([2, 3, -3, 5, 127, 127, -1], dtype=kind)
    print(x, x.dtype, x.type(), x.element_size(), x.tolist(), x[1].item(), x[1])
    info = torch.iinfo(kind)
    print(info, info.min, info.max, info.bits, kind.is_signed, kind.is_floating_point)
    arithmetic = {
        "+": lambda: x + y, "-": lambda: x - y, "*": lambda: x * y, "/": lambda: x / y, "//": lambda: x // y,
        "%": lambda: x % y, "**": lambda: x ** y.abs(), "neg": lambda: -x, "abs": lambda: abs(x), "~": lambda: ~x,
        "&": lambda: x & y, "|": lambda: x | y, "^": lambda: x ^ y, "<<": lambda: x << 1, ">>": lambda: x >> 1,
        "<": lambda: x < y, "==": lambda: x == y, "+1": lambda: x + 1, "+1.5": lambda: x + 1.5, "2-": lambda: 2 - x,
        "+True": lambda: x + True, "2/": lambda: 2 / (x + 200), "//2": lambda: x // 2, "/2": lambda: x / 2,
        "10**": lambda: 10 ** x.clamp(0, 9), "fmod": lambda: torch.fmod(x, 3), "square": lambda: x.square(),
        "floor": lambda: torch.div(x, y.abs() + 1, rounding_mode="floor"),
        "trunc": lambda: torch.div(x, y.abs() + 1, rounding_mode="trunc"),
        "alpha": lambda: torch.add(x, y, alpha=2), "half alpha": lambda: torch.add(x, y, alpha=0.5),
        "exp": lambda: x.clamp(-2, 2).exp(), "sqrt": lambda: x.abs().clamp(0, 100).sqrt(), "relu": lambda: x.relu(),
        "sign": lambda: x.sign(), "floor of": lambda: x.floor(), "clamp": lambda: x.clamp(-5, 5),
        "clamp to half": lambda: x.clamp(min=0.5), "lerp": lambda: x.lerp(y, 0.5), "maximum": lambda: x.maximum(y),
        "addcmul": lambda: x.addcmul(x, y), "not": lambda: x.logical_not(),
    }
    folds = {
        "sum": lambda: x.sum(), "sum of ints": lambda: x.sum(dtype=torch.int32), "prod": lambda: x[:3].prod(),
        "cumsum": lambda: x.cumsum(0), "cumprod": lambda: x[:3].cumprod(0), "max": lambda: x.max(),
        "min along": lambda: x.min(0), "argmax": lambda: x.argmax(), "sort": lambda: x.sort(), "topk": lambda: x.topk(2),
        "unique": lambda: x.unique(return_counts=True), "median": lambda: x.median(), "mean": lambda: x.mean(),
        "mean of floats": lambda: x.mean(dtype=torch.float32), "std": lambda: x.std(), "any": lambda: x.any(),
        "all": lambda: x.all(), "norm": lambda: x.norm(), "count": lambda: x.count_nonzero(),
        "cummax": lambda: x.cummax(0), "amax": lambda: x.amax(), "diff": lambda: x.diff(),
        "bincount": lambda: torch.bincount(y.clamp(0, 5)), "bool": lambda: [bool(x[0]), int(x[1]), float(x[2])],
    }
    products = {
        "vectors": lambda: x @ y, "matrices": lambda: x[:6].view(2, 3) @ y[:6].view(3, 2), "mixed": lambda: x @ y.long(),
        "with floats": lambda: x.float() @ y, "outer": lambda: torch.outer(x[:2], y[:3]),
        "bmm": lambda: torch.bmm(x[:6].view(1, 2, 3), y[:6].view(1, 3, 2)),
    }
    shapes = {
        "cat": lambda: torch.cat([x[:2], y[:2]]), "cat with long": lambda: torch.cat([x.long()[:2], y[:2]]),
        "cat with float": lambda: torch.cat([x[:2], y.float()[:2]]), "stack": lambda: torch.stack([x, y])[:, :2],
        "where": lambda: torch.where(x > y, x, y), "where long": lambda: torch.where(x > y, x, y.long()),
        "mask": lambda: x[x > 0], "list": lambda: x[[0, 1]], "slice": lambda: x[1:4:2], "flip": lambda: x.flip(0),
        "roll": lambda: x.roll(1), "masked_fill": lambda: x.masked_fill(x > 0, 1), "nonzero": lambda: x.nonzero().tolist(),
        "gather": lambda: x.gather(0, torch.tensor([0, 0])), "pad": lambda: F.pad(x[:2], (1, 1)),
        "tril": lambda: torch.tril(x[:6].view(2, 3)), "expand": lambda: x.view(7, 1).expand(7, 2)[:2],
        "equal": lambda: torch.equal(x, x.clone()), "isin": lambda: torch.isin(x, torch.tensor([3, 5], dtype=kind)),
    }
    conversions = {
        "float": lambda: x.float(), "long": lambda: x.long(), "int": lambda: x.int(),
        "short": lambda: x.short(), "char": lambda: x.char(), "byte": lambda: x.byte(), "bool": lambda: x.bool(),
        "type": lambda: x.type(torch.IntTensor), "named": lambda: x.type("torch.CharTensor"),
        "type_as": lambda: x.type_as(torch.zeros(1, dtype=torch.int16)), "same": lambda: x.to(kind) is x,
        "cut": lambda: (x.long() * 1000003).to(kind), "from floats": lambda: (x.float() * 0.7).to(kind),
        "is": lambda: [isinstance(x, torch.IntTensor), x.dtype == torch.int, x.dtype is torch.short],
    }
    made = {
        "zeros": lambda: torch.zeros(2, 2, dtype=kind), "ones_like": lambda: torch.ones_like(x[:2]),
        "full": lambda: torch.full((2,), 7, dtype=kind), "full of fraction": lambda: torch.full((2,), 3.9, dtype=kind),
        "arange": lambda: torch.arange(3, dtype=kind), "linspace": lambda: torch.linspace(0, 5, 3, dtype=kind),
        "eye": lambda: torch.eye(2, dtype=kind), "nested": lambda: torch.tensor([[1, 2], [3, 4]], dtype=kind),
        "fractions": lambda: torch.tensor([1.7, -1.7], dtype=kind), "elements": lambda: torch.tensor([x[0], x[1]]),
        "and True": lambda: torch.tensor([x[0], True]), "and 1": lambda: torch.tensor([x[0], 1]).dtype,
        "empty": lambda: torch.tensor([], dtype=kind), "new": lambda: x.new_tensor([1, 2]),
        "too large": lambda: torch.tensor([2 ** 31], dtype=kind), "full of much": lambda: torch.full((2,), -2 ** 40, dtype=kind),
        "gradient": lambda: torch.zeros(2, dtype=kind, requires_grad=True), "rand": lambda: torch.rand(2, dtype=kind),
        "randperm": lambda: torch.randperm(5, dtype=kind).sum(), "many": lambda: torch.randperm(300, dtype=kind).sum(),
    }
    i = torch.tensor([3, 1, 2], dtype=kind)
    indices = {
        "indices": lambda: torch.arange(9)[i], "number": lambda: torch.arange(9)[i[1]],
        "row": lambda: torch.arange(9).view(3, 3)[i[1], :2], "of a list": lambda: [5, 6, 7][i[1]],
        "gather": lambda: torch.arange(9).gather(0, i), "select": lambda: torch.arange(9).index_select(0, i),
        "take": lambda: torch.arange(9).take(i), "index_add": lambda: torch.zeros(5).index_add(0, i, torch.ones(3)),
        "scatter": lambda: torch.zeros(9).scatter(0, i, 1.0), "one_hot": lambda: F.one_hot(i),
        "embedding": lambda: F.embedding(i, torch.eye(4)), "cross_entropy": lambda: F.cross_entropy(torch.ones(3, 5), i),
        "nll_loss": lambda: F.nll_loss(torch.ones(3, 5), i), "where": lambda: torch.where(i, 1, 2),
        "multinomial": lambda: torch.multinomial(i, 1), "bernoulli": lambda: torch.bernoulli(i),
    }
    for table in (arithmetic, folds, products, shapes, conversions, made, indices):
        for name, function in table.items():
            show(name, function)

    # In place: the type stays.
    z = x.clone()
    part, wide = z[2:5], z.to(torch.int64)
    z += 1
    wide -= 5
    print(z, part, wide)
    part.mul_(100)
    z[0] += 100
    z[5:] = torch.tensor([9, 300])
    z[z == 0] = 1
    z[[1, 2]] += torch.tensor([10, 20], dtype=kind)
    z //= 2
    print(z, part)
    z.index_add_(0, torch.tensor([0, 0]), y[:2])
    z.scatter_add_(0, torch.tensor([1, 1]), y[:2])
    z.copy_(z.float() * 1.5)
    print(z, z.clamp_(-50, 50), z.neg_())
    torch.add(x, y, out=z)
    print(z, z.fill_(7), z.zero_())

    def write(value, at=0):
        z[at] = value
        return z

    show("fraction", lambda: write(3.7))
    show("tensor", lambda: write(torch.tensor(300)))
    show("much", lambda: write(2 ** 40))
    show("divided", lambda: z.div_(2))
    show("more", lambda: z.add_(1.5))
    show("uniform", lambda: z.uniform_())
    show("out", lambda: torch.mul(x, 1.5, out=z))
    torch.manual_seed(3)
    print(torch.randint(-5, 100, (4,), dtype=kind), torch.zeros(3, dtype=kind).random_(), torch.zeros(3, dtype=kind).random_(5))

print(torch.IntTensor([1, 2]), torch.ShortTensor([3]), torch.CharTensor([-1, 4]), torch.IntTensor(2, 3).shape)
print(torch.int, torch.short, torch.int == torch.int32, torch.get_default_dtype())
print(torch.zeros(2).is_floating_point(), torch.zeros(2, dtype=torch.int).is_floating_point(), i.is_signed())

# A number to the power of a tensor.
print(torch.pow(10000, torch.tensor([0.0, 0.5, 1.0])), torch.pow(2, torch.tensor([0, 1, 2])))
print(torch.pow(2.5, torch.tensor([0, 1, 2])), torch.pow(2, exponent=torch.tensor([0, 3], dtype=torch.int8)))
print(torch.pow(3, torch.tensor([1.0, 2.0], requires_grad=True)), torch.pow(torch.tensor([1.0, 3.0]), 2))
