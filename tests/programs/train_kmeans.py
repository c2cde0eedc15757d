# k-means, k nearest neighbours and a mixture, with tensors.
import torch

torch.manual_seed(0)
centres = torch.tensor([[0., 0.], [5., 5.], [0., 6.]])
X = torch.cat([c + torch.randn(20, 2) for c in centres])
y = torch.arange(3).repeat_interleave(20)


def kmeans(X, k, steps=10):
    means = X[torch.randperm(len(X))[:k]].clone()
    for step in range(steps):
        distance = ((X[:, None, :] - means[None]) ** 2).sum(-1)
        nearest = distance.argmin(1)
        new = torch.stack([X[nearest == j].mean(0) for j in range(k)])
        if torch.allclose(new, means):
            break
        means = new
    return means, nearest, step


means, nearest, step = kmeans(X, 3)
order = means.sum(1).argsort()
print("stopped after", step, "steps")
print(means[order], torch.bincount(nearest)[order])
inertia = ((X - means[nearest]) ** 2).sum()
print("inertia %.2f" % inertia)


def knn(train, labels, queries, k):
    nearest = torch.cdist(queries, train).topk(k, largest=False).indices
    return labels[nearest].mode(dim=1)[0]


queries = torch.tensor([[0.5, 0.5], [4.0, 5.0], [-1.0, 7.0]])
print([knn(X, y, queries, k).tolist() for k in (1, 3, 7)])
perm = torch.randperm(60)
train, test = perm[:45], perm[45:]
print("accuracy %.2f" % (knn(X[train], y[train], X[test], 5) == y[test]).float().mean())

data = torch.cat([torch.randn(60) * 0.5 - 2, torch.randn(60) + 2])
mu, sigma, weight = torch.tensor([-1., 1.]), torch.ones(2), torch.full((2,), 0.5)
for step in range(20):
    density = weight * torch.exp(-0.5 * ((data[:, None] - mu) / sigma) ** 2) / sigma
    responsibility = density / density.sum(1, keepdim=True)
    total = responsibility.sum(0)
    mu = (responsibility * data[:, None]).sum(0) / total
    sigma = ((responsibility * (data[:, None] - mu) ** 2).sum(0) / total).sqrt()
    weight = total / len(data)
print(["%.3f" % v for v in torch.cat([mu, sigma, weight])])


class KMeans:
    """The same in plain Python."""

    def __init__(self, k):
        self.k = k

    def fit(self, points):
        self.means = points[: self.k]
        for _ in range(10):
            groups = {j: [] for j in range(self.k)}
            for p in points:
                groups[self.predict(p)].append(p)
            self.means = [tuple(sum(c) / len(g) for c in zip(*g)) if g else self.means[j] for j, g in groups.items()]
        return self

    def predict(self, p):
        return min(range(self.k), key=lambda j: sum((a - b) ** 2 for a, b in zip(p, self.means[j])))


model = KMeans(2).fit([(1.0, 1.0), (1.5, 2.0), (3.0, 4.0), (5.0, 7.0), (3.5, 5.0), (4.5, 5.0), (3.5, 4.5)])
print([tuple(round(c, 3) for c in m) for m in model.means], model.predict((1, 1)), model.predict((4, 5)))
