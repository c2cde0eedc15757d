# Convolution and pooling with loops, and a kernel learned from its results.
import torch
from torch import nn


def slide(X, K):
    """What nn.Conv2d computes for one channel."""
    h, w = K.shape
    Y = torch.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i:i + h, j:j + w] * K).sum()
    return Y


X = torch.tensor([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0], [6.0, 7.0, 8.0]])
K = torch.tensor([[0.0, 1.0], [2.0, 3.0]])
print(slide(X, K))
X = torch.ones((4, 8))
X[:, 2:6] = 0
K = torch.tensor([[1.0, -1.0]])
Y = slide(X, K)
print(X, Y, slide(X.t(), K).abs().sum(), sep="\n")
torch.manual_seed(0)
conv2d = nn.Conv2d(1, 1, kernel_size=(1, 2), bias=False)
X4, Y4 = X.reshape((1, 1, 4, 8)), Y.reshape((1, 1, 4, 7))
for i in range(20):
    Y_hat = conv2d(X4)
    l = (Y_hat - Y4) ** 2
    conv2d.zero_grad()
    l.sum().backward()
    conv2d.weight.data[:] -= 3e-2 * conv2d.weight.grad
    if (i + 1) % 5 == 0:
        print(f'epoch {i + 1}, loss {l.sum():.3f}')
print("learned", ["%.1f" % v for v in conv2d.weight.data.reshape(2)])


def slide_channels(X, K):
    return sum(slide(x, k) for x, k in zip(X, K))


def slide_all(X, K):
    return torch.stack([slide_channels(X, k) for k in K], 0)


X = torch.arange(18.0).view(2, 3, 3)
K = torch.stack([torch.arange(8.0).view(2, 2, 2) + i for i in range(3)])
out = slide_all(X, K)
print(out, out.shape, torch.equal(out, torch.conv2d(X[None], K)[0]))


def pool(X, pool_size, mode='max'):
    p_h, p_w = pool_size
    Y = torch.zeros((X.shape[0] - p_h + 1, X.shape[1] - p_w + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            if mode == 'max':
                Y[i, j] = X[i: i + p_h, j: j + p_w].max()
            elif mode == 'avg':
                Y[i, j] = X[i: i + p_h, j: j + p_w].mean()
    return Y


print(pool(X[0], (2, 2)), pool(X[0], (2, 2), 'avg'))


def shape_after(conv2d, X):
    X = X.reshape((1, 1) + X.shape)
    Y = conv2d(X)
    return Y.reshape(Y.shape[2:])


X = torch.rand(size=(8, 8))
print(shape_after(nn.Conv2d(1, 1, kernel_size=3, padding=1), X).shape)
print(shape_after(nn.Conv2d(1, 1, kernel_size=(5, 3), padding=(2, 1)), X).shape)
print(shape_after(nn.Conv2d(1, 1, kernel_size=3, padding=1, stride=2), X).shape)
print(shape_after(nn.Conv2d(1, 1, kernel_size=(3, 5), padding=(0, 1), stride=(3, 4)), X).shape)
cols = nn.functional.unfold(X[None, None], 3)
print(cols.shape, torch.allclose((torch.ones(1, 9) @ cols[0]).view(6, 6), slide(X, torch.ones(3, 3)), atol=1e-5))
