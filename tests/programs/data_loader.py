# Dataset, TensorDataset, DataLoader: order, shuffling, batches, splits.
import torch
from torch.utils.data import ConcatDataset, DataLoader, Dataset, Subset, TensorDataset, random_split


class Squares(Dataset):
    def __init__(self, n, transform=None):
        self.x = torch.arange(n).float()
        self.transform = transform

    def __len__(self):
        return len(self.x)

    def __getitem__(self, index):
        x = self.x[index]
        if self.transform:
            x = self.transform(x)
        return x, x ** 2


data = Squares(7)
print(len(data), data[3], data[-1])
for i, (x, y) in enumerate(DataLoader(data, batch_size=3)):
    print(i, x, y)
loader = DataLoader(data, batch_size=3, drop_last=True)
print(len(loader), len(DataLoader(data, batch_size=3)), len(loader.dataset), loader.batch_size)

torch.manual_seed(0)
shuffled = DataLoader(dataset=data, batch_size=4, shuffle=True, num_workers=0)
for epoch in range(2):
    for x, y in shuffled:
        print(epoch, x.tolist(), y.sum().item())
torch.manual_seed(0)
print([x.tolist() for x, _ in shuffled])
g = torch.Generator()
g.manual_seed(5)
print([x.tolist() for x, _ in DataLoader(data, 7, shuffle=True, generator=g)])

inputs, targets = torch.arange(12.).view(6, 2), torch.tensor([0, 1, 0, 1, 0, 1])
ds = TensorDataset(inputs, targets)
print(len(ds), ds[0], ds[1:3], [t.shape for t in ds.tensors])
torch.manual_seed(1)
for xb, yb in DataLoader(ds, batch_size=4, shuffle=True):
    print(xb, yb)
train, test = random_split(ds, [4, 2])
print(len(train), len(test), sorted(train.indices + test.indices), train.indices, test[0])
print(random_split(range(10), [7, 3], generator=torch.Generator().manual_seed(42))[1].indices)
print(len(ConcatDataset([ds, ds])), ConcatDataset([ds, ds])[7], Subset(ds, [4, 5])[0], len(Subset(ds, range(3))))
it = iter(DataLoader(ds, batch_size=2))
images, labels = next(it)
print(images, labels, images.shape, labels.dtype)
words = ["a", "bb", "ccc", "dddd", "eeeee"]
print(list(DataLoader(words, batch_size=2)), list(DataLoader([1, 2, 3], batch_size=2)))
print(list(DataLoader([1.5, 2.5], batch_size=2)))
print(next(iter(DataLoader([(1, "x"), (2, "y")], batch_size=2))))
print(next(iter(DataLoader([{"a": 1, "b": [1.0, 2.0]}] * 2, batch_size=2))))


def pad(batch):
    lengths = torch.tensor([len(w) for w in batch])
    return [w.ljust(int(lengths.max()), ".") for w in batch], lengths


print(list(DataLoader(words, batch_size=3, collate_fn=pad)))
print([b for b in DataLoader(range(5), batch_size=None)][:3], list(DataLoader(torch.arange(4), batch_size=3)))
sampler = torch.utils.data.WeightedRandomSampler([0.0, 1.0, 0.0, 3.0], 6)
torch.manual_seed(2)
print(list(sampler), list(torch.utils.data.SequentialSampler(range(3))))
print(sorted(torch.utils.data.RandomSampler(range(4))))
print(list(torch.utils.data.BatchSampler(torch.utils.data.SequentialSampler(range(5)), batch_size=2, drop_last=False)))
