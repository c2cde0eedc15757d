# Words: bags, bigrams counted and learned, skip-gram with negative samples.
from collections import Counter

import torch
import torch.nn as nn
import torch.nn.functional as F

words = ["emma", "olivia", "ava", "isabella", "sophia", "mia", "amelia", "ella", "anna", "lea"]
chars = sorted(list(set("".join(words))))
stoi = {s: i + 1 for i, s in enumerate(chars)}
stoi["."] = 0
itos = {i: s for s, i in stoi.items()}
b = {}
for w in words:
    chs = ["."] + list(w) + ["."]
    for ch1, ch2 in zip(chs, chs[1:]):
        bigram = (ch1, ch2)
        b[bigram] = b.get(bigram, 0) + 1
print(sorted(b.items(), key=lambda kv: (-kv[1], kv[0]))[:4])
V = len(stoi)
N = torch.zeros((V, V), dtype=torch.int64)
for (c1, c2), count in b.items():
    N[stoi[c1], stoi[c2]] = count
P = (N + 1).float()
P /= P.sum(1, keepdim=True)
g = torch.Generator().manual_seed(2147483647)
for _ in range(3):
    out, ix = [], 0
    while True:
        ix = torch.multinomial(P[ix], num_samples=1, replacement=True, generator=g).item()
        if ix == 0:
            break
        out.append(itos[ix])
    print("".join(out))
log_likelihood, n = 0.0, 0
for w in words:
    for c1, c2 in zip("." + w, w + "."):
        log_likelihood += torch.log(P[stoi[c1], stoi[c2]])
        n += 1
print(f"{n=} nll {-log_likelihood / n:.4f}")
xs, ys = zip(*[(stoi[c1], stoi[c2]) for w in words for c1, c2 in zip("." + w, w + ".")])
xs, ys = torch.tensor(xs), torch.tensor(ys)
W = torch.randn((V, V), generator=g, requires_grad=True)
for k in range(100):
    logits = F.one_hot(xs, num_classes=V).float() @ W
    probs = logits.exp() / logits.exp().sum(1, keepdims=True)
    loss = -probs[torch.arange(len(xs)), ys].log().mean() + 0.01 * (W ** 2).mean()
    W.grad = None
    loss.backward()
    W.data += -20 * W.grad
print(f"learned nll {loss.item():.2f}")

text = "we are about to study the idea of a computational process the idea of a process".split()
vocab = {w: i for i, (w, _) in enumerate(Counter(text).most_common())}
data = [([text[i - 2], text[i - 1], text[i + 1], text[i + 2]], text[i]) for i in range(2, len(text) - 2)]
print(len(vocab), data[0])


class CBOW(nn.Module):
    def __init__(self, size, dim):
        super().__init__()
        self.emb = nn.Embedding(size, dim)
        self.out = nn.Linear(dim, size)

    def forward(self, context):
        return F.log_softmax(self.out(self.emb(context).sum(0, keepdim=True)), dim=1)


torch.manual_seed(0)
model = CBOW(len(vocab), 8)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(151):
    total = 0
    for context, target in data:
        loss = F.nll_loss(model(torch.tensor([vocab[w] for w in context])), torch.tensor([vocab[target]]))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
    if epoch % 50 == 0:
        print(epoch, "%.1f" % total)
right = sum(model(torch.tensor([vocab[w] for w in c])).argmax().item() == vocab[t] for c, t in data)
print(right >= len(data) - 3, F.cosine_similarity(model.emb.weight[0], model.emb.weight[0], dim=0).item() > 0.999)
