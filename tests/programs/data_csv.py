# A table written to a file, read back, split, standardised, batched and learned from.
import csv
import os

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset, random_split

rng = np.random.RandomState(0)
with open("houses.csv", "w") as f:
    f.write("area,rooms,garden,price\n")
    for _ in range(60):
        area, rooms = rng.randint(40, 200), rng.randint(1, 7)
        garden = "yes" if rng.rand() < 0.4 else "no"
        price = 3.0 * area + 20 * rooms + (50 if garden == "yes" else 0) + rng.randn() * 5
        f.write("%d,%d,%s,%.1f\n" % (area, rooms, garden, price))
print(os.path.exists("houses.csv"), open("houses.csv").readline().strip())


class Houses(Dataset):
    def __init__(self, path):
        with open(path) as f:
            rows = list(csv.reader(f))
        self.columns, rows = rows[0], rows[1:]
        numbers = [[float(r[0]), float(r[1]), float(r[2] == "yes"), float(r[3])] for r in rows]
        table = torch.tensor(numbers)
        self.x, self.y = table[:, :-1], table[:, -1:]

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        return self.x[i], self.y[i]

    def standardise(self, rows):
        self.mean, self.std = self.x[rows].mean(0), self.x[rows].std(0)
        self.x = (self.x - self.mean) / self.std
        self.y = self.y / 100


houses = Houses("houses.csv")
print(len(houses), houses.columns, houses[0])
torch.manual_seed(0)
train, test = random_split(houses, [48, 12])
houses.standardise(train.indices)
print(len(train), len(test), houses.x[train.indices].mean(0).abs().max() < 1e-5)
loader = DataLoader(train, batch_size=16, shuffle=True)
model = torch.nn.Linear(3, 1)
optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
for epoch in range(61):
    total = 0.0
    for x, y in loader:
        loss = torch.nn.functional.mse_loss(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
    if epoch % 20 == 0:
        print("epoch %2d loss %.2f" % (epoch, total / len(train)))
with torch.no_grad():
    error = np.mean([abs(model(x) - y).item() for x, y in test])
print("unseen houses are priced to within 10: %s" % (100 * error < 10))
with open("houses.csv") as f:
    reader = csv.DictReader(f)
    gardens = [row["garden"] for row in reader]
print(gardens.count("yes"), gardens.count("no"))
