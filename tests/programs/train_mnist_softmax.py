# Softmax regression of MNIST by hand, a thousand images of it.
import torch
from torchvision import datasets, transforms

train = datasets.MNIST("data", train=True, download=True, transform=transforms.ToTensor())
test = datasets.MNIST("data", train=False, transform=transforms.ToTensor())
X, y = train.data[:1000].view(-1, 784).float() / 255, train.targets[:1000]
X_test, y_test = test.data[:500].reshape(500, -1).float() / 255, test.targets[:500]
print(X.shape, y.shape, X.min(), X.max(), y[:8])

torch.manual_seed(0)
weights = torch.randn(784, 10) / 28
weights.requires_grad_()
bias = torch.zeros(10, requires_grad=True)


def log_softmax(x):
    return x - x.exp().sum(-1).log().unsqueeze(-1)


def model(xb):
    return log_softmax(xb @ weights + bias)


def nll(input, target):
    return -input[range(target.shape[0]), target].mean()


def accuracy(out, yb):
    preds = torch.argmax(out, dim=1)
    return (preds == yb).float().mean()


bs, lr, n = 50, 0.5, len(X)
print("before", "%.2f" % nll(model(X[:bs]), y[:bs]).item(), model(X[:bs]).shape)
for epoch in range(4):
    for i in range((n - 1) // bs + 1):
        start_i = i * bs
        end_i = start_i + bs
        xb, yb = X[start_i:end_i], y[start_i:end_i]
        loss = nll(model(xb), yb)
        loss.backward()
        with torch.no_grad():
            weights -= weights.grad * lr
            bias -= bias.grad * lr
            weights.grad.zero_()
            bias.grad.zero_()
    with torch.no_grad():
        print("epoch", epoch, "train %.2f" % nll(model(X), y), "test %.2f" % nll(model(X_test), y_test))
with torch.no_grad():
    print("right in the test: about", round(accuracy(model(X_test), y_test).item() * 10) * 10, "%")
    confusion = torch.zeros(10, 10, dtype=torch.int64)
    for t, p in zip(y_test.tolist(), model(X_test).argmax(1).tolist()):
        confusion[t][p] += 1
print(confusion.sum(), confusion.sum(1), confusion.diagonal().sum() > 350)
print(torch.allclose(torch.nn.functional.cross_entropy(X_test @ weights + bias, y_test), nll(model(X_test), y_test)))
