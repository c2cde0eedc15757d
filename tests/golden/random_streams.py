"""What PyTorch draws for given seeds: writes random_streams.json. Run it with PyTorch 1.13."""

import json
import math
import pathlib

import torch
from torch import nn
from torch.utils.data import DataLoader, RandomSampler, random_split

SEEDS = [0, 1, 42, 1234567890123]
SIZES = [1, 2, 15, 16, 17, 31, 32, 100]
cases = []


def thin(values):
    """All of a few values; of many the ends and every 37th."""
    if len(values) <= 34:
        return values
    return values[:9] + values[9:-17:37] + values[-17:]


def case(name, seed, draw, **arguments):
    """Seeds, draws, and records the values and a word that is drawn afterwards."""
    torch.manual_seed(seed)
    values = draw()
    if isinstance(values, torch.Tensor):
        values = values.detach().reshape(-1)
        kind = str(values.dtype)[6:]
        values = values.tolist()
    else:
        kind = "int64"
    values = [None if isinstance(v, float) and not math.isfinite(v) else v for v in values]
    after = torch.empty((), dtype=torch.int64).random_().item()
    cases.append({"name": name, "seed": seed, **arguments, "dtype": kind, "n": len(values),
                  "values": thin(values), "after": after})


REALS = {"float32": torch.float32, "float64": torch.float64}
ALL = {**REALS, "int64": torch.int64, "uint8": torch.uint8, "bool": torch.bool, "int32": torch.int32,
       "int16": torch.int16, "int8": torch.int8}

for seed in SEEDS:
    for n in SIZES + ([1000] if seed == 1 else []):
        for name, dtype in REALS.items():
            case("rand", seed, lambda: torch.rand(n, dtype=dtype))
            case("randn", seed, lambda: torch.randn(n, dtype=dtype))
        case("randperm", seed, lambda: torch.randperm(n))
for n in SIZES + [1000]:
    for dtype in REALS.values():
        case("uniform", 7, lambda: torch.empty(n, dtype=dtype).uniform_(-1.3, 0.7), a=-1.3, b=0.7)
        case("normal", 7, lambda: torch.empty(n, dtype=dtype).normal_(2.5, 0.3), a=2.5, b=0.3)
        case("exponential", 7, lambda: torch.empty(n, dtype=dtype).exponential_(1.5), a=1.5)
for dtype in REALS.values():
    case("log_normal", 8, lambda: torch.empty(33, dtype=dtype).log_normal_(0.5, 0.25), a=0.5, b=0.25)
    case("poisson", 8, lambda: torch.poisson(torch.linspace(0, 40, 41, dtype=dtype)))
    case("bernoulli_of", 8, lambda: torch.bernoulli(torch.linspace(0, 1, 41, dtype=dtype)))
    for replacement in (False, True):
        for samples in (1, 5):
            weights = torch.tensor([[1, 2, 3, 4, 0.5, 0], [5, 1, 1, 1, 0.1, 9]], dtype=dtype)
            case("multinomial", 9, lambda: torch.multinomial(weights, samples, replacement),
                 weights=weights.reshape(-1).tolist(), kind=str(dtype)[6:], samples=samples, replacement=replacement)
for dtype in ALL.values():
    case("bernoulli", 10, lambda: torch.empty(33, dtype=dtype).bernoulli_(0.3), a=0.3)
    case("random", 10, lambda: torch.empty(33, dtype=dtype).random_())
    if dtype != torch.bool:
        case("geometric", 10, lambda: torch.empty(33, dtype=dtype).geometric_(0.3), a=0.3)
for low, high in [(0, 10), (-5, 5), (0, 2**31), (-2**31, 2**31), (0, 2**32), (0, 2**40), (-2**63, 2**63 - 1), (3, 4)]:
    case("randint", 11, lambda: torch.randint(low, high, (20,)), low=low, high=high)
case("randint", 11, lambda: torch.randint(0, 256, (20,), dtype=torch.uint8), low=0, high=256)
case("randint", 11, lambda: torch.randint(0, 2, (20,), dtype=torch.bool), low=0, high=2)
case("randint", 11, lambda: torch.randint(-128, 128, (20,), dtype=torch.int8), low=-128, high=128)
case("randint", 11, lambda: torch.randint(-2**31, 2**31, (20,), dtype=torch.int32), low=-2**31, high=2**31)
case("randint", 11, lambda: torch.randint(-7, 7, (20,), dtype=torch.float32), low=-7, high=7)

# Tensors as mean and deviation; dropout; views are filled in the order of memory.
mean, std = torch.arange(20.0), torch.arange(1.0, 21.0) / 10
case("normal_of_mean", 12, lambda: torch.normal(mean, 0.5))
case("normal_of_std", 12, lambda: torch.normal(0.25, std))
case("normal_of_both", 12, lambda: torch.normal(mean, std))
for p in (0.1, 0.5, 0.9, 1.0):
    case("dropout", 13, lambda: torch.nn.functional.dropout(mean + 1, p), a=p)
case("feature_dropout", 13, lambda: torch.nn.functional.dropout2d(torch.arange(1.0, 49).view(2, 6, 2, 2), 0.4), a=0.4)
case("transposed_uniform", 14, lambda: torch.empty(4, 5).t().uniform_())
case("transposed_normal", 14, lambda: torch.empty(4, 5).t().normal_())
case("sliced_normal", 14, lambda: torch.zeros(4, 10)[:, ::2].normal_())

# torch.nn.init and layers.
shape = (5, 4, 3)
case("kaiming_uniform", 15, lambda: nn.init.kaiming_uniform_(torch.empty(shape), a=math.sqrt(5)))
case("kaiming_uniform_relu", 15, lambda: nn.init.kaiming_uniform_(torch.empty(shape), mode="fan_out", nonlinearity="relu"))
case("kaiming_normal_tanh", 15, lambda: nn.init.kaiming_normal_(torch.empty(shape), nonlinearity="tanh"))
case("xavier_uniform", 15, lambda: nn.init.xavier_uniform_(torch.empty(shape), gain=1.5))
case("xavier_normal", 15, lambda: nn.init.xavier_normal_(torch.empty(shape)))
case("trunc_normal", 15, lambda: nn.init.trunc_normal_(torch.empty(shape)))
case("trunc_normal_narrow", 15, lambda: nn.init.trunc_normal_(torch.empty(shape), 1.0, 2.0, 0.0, 3.0))
case("orthogonal_wide", 15, lambda: nn.init.orthogonal_(torch.empty(3, 5)))
case("orthogonal_tall", 15, lambda: nn.init.orthogonal_(torch.empty(shape), gain=0.5))
case("eye", 15, lambda: nn.init.eye_(torch.empty(3, 4)))


def flat(module):
    return torch.cat([p.reshape(-1) for p in module.parameters()])


case("linear", 16, lambda: flat(nn.Linear(7, 3)))
case("conv", 16, lambda: flat(nn.Conv2d(2, 3, 3)))
case("embedding", 16, lambda: flat(nn.Embedding(6, 4)))
case("embedding_padding", 16, lambda: flat(nn.Embedding(6, 4, padding_idx=2)))
case("lstm", 16, lambda: flat(nn.LSTM(3, 2)))
case("gru_cell", 16, lambda: flat(nn.GRUCell(3, 2)))

# Orders of samples.
data = list(range(50))
case("loader", 17, lambda: [int(i) for batch in DataLoader(data, 8, shuffle=True) for i in batch])
case("sampler", 17, lambda: list(RandomSampler(data)))
case("sampler_replacement", 17, lambda: list(RandomSampler(data, replacement=True, num_samples=70)))
case("random_split", 17, lambda: [i for part in random_split(data, [30, 15, 5]) for i in part.indices])

# Singles after each other share the second normal number; a block does not touch it.
case("normal_sequence", 18, lambda: torch.cat([torch.randn(1), torch.randn(16), torch.randn(2), torch.randn(3)]))

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]\n")
