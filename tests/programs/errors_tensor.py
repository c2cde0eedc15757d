# What PyTorch says to the usual mistakes with tensors.
import torch

a, b, i = torch.zeros(2, 3), torch.zeros(4, 3), torch.tensor([1, 2, 3])
mistakes = {
    "shapes that do not broadcast": lambda: a + b,
    "a product of the wrong shapes": lambda: a @ b,
    "mm of a vector": lambda: a.mm(torch.zeros(3)),
    "view of the wrong size": lambda: a.view(4, 2),
    "an index too large": lambda: a[2],
    "a second index too large": lambda: a[0, 3],
    "too many indices": lambda: a[0, 0, 0],
    "an index that is no number": lambda: a["x"],
    "an index that is a float": lambda: a[0.5],
    "a mask of the wrong shape": lambda: a[torch.tensor([True, False, True])],
    "a dimension that is not there": lambda: a.sum(dim=2),
    "cat of different shapes": lambda: torch.cat([a, torch.zeros(2, 4)]),
    "stack of different shapes": lambda: torch.stack([a, b]),
    "item of many": lambda: a.item(),
    "a float of many": lambda: float(a),
    "truth of many": lambda: bool(a),
    "a ragged list": lambda: torch.tensor([[1, 2], [3]]),
    "a list of words": lambda: torch.tensor(["a", "b"]),
    "len of a number": lambda: len(torch.tensor(1)),
    "iterating over a number": lambda: list(torch.tensor(1)),
    "an index into a number": lambda: torch.tensor(1)[0],
    "mean of integers": lambda: i.mean(),
    "integers that get fractions": lambda: i.div_(2),
    "matrices of different types": lambda: a @ torch.zeros(3, 2, dtype=torch.double),
    "a product of integers and floats": lambda: a @ i,
    "dot of different sizes": lambda: torch.ones(2).dot(torch.ones(3)),
    "squeeze of no dimension": lambda: a.squeeze(5),
    "transpose of no dimension": lambda: a.transpose(0, 2),
    "t of three dimensions": lambda: torch.zeros(1, 2, 3).t(),
    "expand to the wrong size": lambda: a.expand(2, 5),
    "gather with floats": lambda: a.gather(1, torch.zeros(2, 1)),
    "an unknown method": lambda: a.nonsense(),
    "an unknown function": lambda: torch.nonsense(a),
    "a word added": lambda: a + "one",
    "a negative size": lambda: torch.zeros(-1),
    "an empty extreme": lambda: torch.zeros(0).argmax(),
    "randint of nothing": lambda: torch.randint(5, 5, (2,)),
    "arange the wrong way": lambda: torch.arange(5, 0),
    "a copy of the wrong shape": lambda: a.copy_(b),
    "chunk into none": lambda: a.chunk(0),
    "split of the wrong sizes": lambda: a.split([1, 2], dim=1) and a.split([1, 1], dim=1),
    "einsum that does not fit": lambda: torch.einsum("ij,jk->ik", a, b),
    "topk of too many": lambda: a.topk(4),
    "normal with a negative width": lambda: torch.normal(0.0, -1.0, (2,)),
    "multinomial of nothing": lambda: torch.multinomial(torch.zeros(3), 1),
    "permute too few": lambda: a.permute(0),
    "one_hot of too large": lambda: torch.nn.functional.one_hot(i, 2),
    "a step of minus one": lambda: a[::-1],
}
for name, mistake in mistakes.items():
    try:
        mistake()
        print(name, "- went well")
    except Exception as e:
        print("%s\n    %s: %s" % (name, type(e).__name__, str(e).split("\n")[0]))
