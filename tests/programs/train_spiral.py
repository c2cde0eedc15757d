# Three spirals: a linear classifier and a network, with gradients by hand in NumPy and with PyTorch.
import numpy as np
import torch
import torch.nn as nn

np.random.seed(0)
N, D, K = 50, 2, 3
X = np.zeros((N * K, D))
y = np.zeros(N * K, dtype=int)
for j in range(K):
    ix = range(N * j, N * (j + 1))
    r = np.linspace(0.0, 1, N)
    t = np.linspace(j * 4, (j + 1) * 4, N) + np.random.randn(N) * 0.2
    X[ix] = np.c_[r * np.sin(t), r * np.cos(t)]
    y[ix] = j
print(X.shape, np.bincount(y), X[10].round(4))

W = 0.01 * np.random.randn(D, K)
b = np.zeros((1, K))
count = X.shape[0]
for i in range(100):
    scores = np.dot(X, W) + b
    grown = np.exp(scores)
    probs = grown / np.sum(grown, axis=1, keepdims=True)
    wrongness = -np.log(probs[range(count), y])
    loss = np.sum(wrongness) / count + 0.5 * 1e-3 * np.sum(W * W)
    if i % 25 == 0:
        print("step %d loss %.4f" % (i, loss))
    dscores = probs
    dscores[range(count), y] -= 1
    dscores /= count
    W += -1.0 * (np.dot(X.T, dscores) + 1e-3 * W)
    b += -1.0 * np.sum(dscores, axis=0, keepdims=True)
print("training accuracy: %.2f" % np.mean(np.argmax(np.dot(X, W) + b, axis=1) == y))

torch.manual_seed(0)
inputs, labels = torch.from_numpy(X).float(), torch.from_numpy(y.astype(np.int64))
model = nn.Sequential(nn.Linear(D, 32), nn.ReLU(), nn.Linear(32, K))
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.02, weight_decay=1e-5)
for epoch in range(201):
    logits = model(inputs)
    loss = criterion(logits, labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if epoch % 100 == 0:
        score, predicted = torch.max(logits, 1)
        acc = (labels == predicted).sum().float() / len(labels)
        print("epoch %i loss %.1f" % (epoch, loss.item()), "most are right: %s" % (acc.item() > 0.7))
grid = torch.stack(torch.meshgrid(torch.linspace(-1, 1, 4), torch.linspace(-1, 1, 4), indexing="ij"), -1).view(-1, 2)
print(model(grid).shape, model(grid).softmax(1).sum().item() > 15.99)
