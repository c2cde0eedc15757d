# Attention from scratch, a block of a transformer, a causal mask.
import math

import torch
import torch.nn as nn
import torch.nn.functional as F


def attention(query, key, value, mask=None):
    scores = torch.matmul(query, key.transpose(-2, -1)) / math.sqrt(query.size(-1))
    if mask is not None:
        scores = scores.masked_fill(mask == 0, -1e9)
    weights = F.softmax(scores, dim=-1)
    return torch.matmul(weights, value), weights


class MultiHead(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        assert dim % heads == 0
        self.heads, self.d = heads, dim // heads
        self.qkv = nn.Linear(dim, 3 * dim)
        self.out = nn.Linear(dim, dim)

    def forward(self, x, mask=None):
        B, T, C = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)
        q, k, v = (t.view(B, T, self.heads, self.d).transpose(1, 2) for t in (q, k, v))
        y, self.weights = attention(q, k, v, mask)
        return self.out(y.transpose(1, 2).contiguous().view(B, T, C))


class Block(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.ln1, self.ln2 = nn.LayerNorm(dim), nn.LayerNorm(dim)
        self.attn = MultiHead(dim, heads)
        self.mlp = nn.Sequential(nn.Linear(dim, 4 * dim), nn.GELU(), nn.Linear(4 * dim, dim))

    def forward(self, x, mask=None):
        x = x + self.attn(self.ln1(x), mask)
        return x + self.mlp(self.ln2(x))


class PositionalEncoding(nn.Module):
    def __init__(self, dim, length=10):
        super().__init__()
        position = torch.arange(length).unsqueeze(1)
        div = torch.exp(torch.arange(0, dim, 2) * (-math.log(10000.0) / dim))
        pe = torch.zeros(length, dim)
        pe[:, 0::2] = torch.sin(position * div)
        pe[:, 1::2] = torch.cos(position * div)
        self.register_buffer("pe", pe)

    def forward(self, x):
        return x + self.pe[: x.size(1)]


torch.manual_seed(0)
pe = PositionalEncoding(8)
print(pe.pe[:3, :4], pe(torch.zeros(1, 2, 8)).shape)
mask = torch.tril(torch.ones(4, 4))
block = Block(8, 2)
x = torch.randn(2, 4, 8)
y = block(x, mask)
print(block)
print(y.shape, block.attn.weights[0, 0], sum(p.numel() for p in block.parameters()))
changed = x.clone()
changed[:, -1, 0] += 1
print((block(changed, mask)[:, :-1] - y[:, :-1]).abs().max() < 1e-6)
print((block(changed)[:, 0] - block(x)[:, 0]).abs().max() > 1e-6)
y.mean().backward()
print([n for n, p in block.named_parameters() if p.grad is None], y.detach()[0, 0])
tok, head = nn.Embedding(6, 8), nn.Linear(8, 6, bias=False)
head.weight = tok.weight
ids = torch.tensor([[0, 1, 2, 3], [5, 4, 3, 2]])
params = list({id(p): p for m in (tok, head, block) for p in m.parameters()}.values())
optimizer = torch.optim.Adam(params, lr=1e-2)
for step in range(60):
    logits = head(block(pe(tok(ids[:, :-1])), mask[:3, :3]))
    loss = F.cross_entropy(logits.view(-1, 6), ids[:, 1:].reshape(-1))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(loss.item() < 0.05, logits.argmax(-1), len(params))
