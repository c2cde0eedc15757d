# What PyTorch says to the usual mistakes with modules, losses and optimizers.
import torch
import torch.nn as nn
import torch.nn.functional as F

linear, conv = nn.Linear(4, 2), nn.Conv2d(3, 8, 3)
lstm, emb = nn.LSTM(3, 2), nn.Embedding(5, 2)
logits = torch.zeros(2, 3)


class NoForward(nn.Module):
    pass


class WrongName(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(1, 1)

    def forward(self, x):
        return self.fc2(x)


class NoSelf(nn.Module):
    def forward(x):
        return x


mistakes = {
    "a linear layer of the wrong width": lambda: linear(torch.zeros(2, 5)),
    "a linear layer given integers": lambda: linear(torch.zeros(2, 4).long()),
    "a linear layer given doubles": lambda: linear(torch.zeros(2, 4).double()),
    "a linear layer given a list": lambda: linear([1.0, 2.0, 3.0, 4.0]),
    "too many arguments": lambda: linear(torch.zeros(4), torch.zeros(4)),
    "no argument": lambda: linear(),
    "the wrong number of channels": lambda: conv(torch.zeros(1, 1, 8, 8)),
    "an image without channels": lambda: conv(torch.zeros(8, 8)),
    "a kernel larger than the image": lambda: conv(torch.zeros(1, 3, 2, 2)),
    "pooling to nothing": lambda: F.max_pool2d(torch.zeros(1, 1, 1, 1), 2),
    "an index that is a float": lambda: emb(torch.tensor([1.0])),
    "an LSTM of the wrong width": lambda: lstm(torch.zeros(5, 1, 4)),
    "a class that is not there": lambda: F.cross_entropy(logits, torch.tensor([0, 3])),
    "classes as floats": lambda: F.nll_loss(logits, torch.zeros(2)),
    "too many targets": lambda: F.cross_entropy(logits, torch.tensor([0, 1, 2])),
    "probabilities out of range": lambda: F.binary_cross_entropy(torch.tensor([1.5]), torch.tensor([1.0])),
    "a loss of different sizes": lambda: nn.BCELoss()(torch.zeros(3), torch.zeros(3, 1)),
    "an unknown reduction": lambda: F.mse_loss(logits, logits, reduction="average"),
    "no forward": lambda: NoForward()(logits),
    "a layer that is not there": lambda: WrongName()(torch.zeros(1, 1)),
    "a forward without self": lambda: NoSelf()(logits),
    "no such parameter": lambda: linear.wieght,
    "a word in a Sequential": lambda: nn.Sequential(nn.ReLU(), "relu"),
    "an index past the layers": lambda: nn.Sequential(nn.ReLU())[1],
    "a dropout above one": lambda: nn.Dropout(1.5),
    "an optimizer of nothing": lambda: torch.optim.SGD([], lr=0.1),
    "a negative rate": lambda: torch.optim.Adam(linear.parameters(), lr=-0.1),
    "a parameter that is no tensor": lambda: nn.Module().register_parameter("w", 3),
    "a non-leaf as a parameter": lambda: torch.optim.SGD([linear.weight * 2], lr=0.1),
    "groups that overlap": lambda: torch.optim.SGD([{"params": [linear.weight]}, {"params": [linear.weight]}], lr=0.1),
    "a group without params": lambda: torch.optim.SGD([{"lr": 1}], lr=0.1),
    "softmax of no dimension": lambda: F.softmax(logits, dim=3),
    "batch norm of one": lambda: nn.BatchNorm1d(3)(torch.zeros(1, 3)),
    "batch norm of the wrong width": lambda: nn.BatchNorm1d(4)(torch.zeros(2, 3)),
    "layer norm of the wrong width": lambda: nn.LayerNorm(4)(torch.zeros(2, 3)),
    "groups that do not divide": lambda: nn.Conv2d(3, 4, 1, groups=2),
    "a batch of different shapes": lambda: next(iter(torch.utils.data.DataLoader([torch.zeros(2), torch.zeros(3)], batch_size=2))),
    "data of different lengths": lambda: torch.utils.data.TensorDataset(torch.zeros(2), torch.zeros(3)),
    "a batch of no size": lambda: torch.utils.data.DataLoader([1], batch_size=0),
    "a split that does not add up": lambda: torch.utils.data.random_split(range(5), [2, 2]),
}
for name, mistake in mistakes.items():
    try:
        mistake()
        print(name, "- went well")
    except Exception as e:
        print("%s\n    %s: %s" % (name, type(e).__name__, str(e).split("\n")[0]))
