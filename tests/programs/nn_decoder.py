"""Attention from nothing, then PyTorch's own, and a small encoder that sorts."""
import math
import torch
import torch.nn as nn
import torch.nn.functional as F

def scaled_dot_product(q, k, v, mask=None):
    d_k = q.size()[-1]
    attn_logits = torch.matmul(q, k.transpose(-2, -1)) / math.sqrt(d_k)
    if mask is not None:
        attn_logits = attn_logits.masked_fill(mask == 0, -9e15)
    attention = F.softmax(attn_logits, dim=-1)
    return torch.matmul(attention, v), attention

torch.manual_seed(42)
q, k, v = (torch.randn(3, 2) for _ in range(3))
values, attention = scaled_dot_product(q, k, v)
print("Values\n", values)
print("Attention\n", attention)

class PositionalEncoding(nn.Module):
    def __init__(self, d_model, max_len=50):
        super().__init__()
        pe = torch.zeros(max_len, d_model)
        position = torch.arange(0, max_len, dtype=torch.float).unsqueeze(1)
        div_term = torch.exp(torch.arange(0, d_model, 2).float() * (-math.log(10000.0) / d_model))
        pe[:, 0::2] = torch.sin(position * div_term)
        pe[:, 1::2] = torch.cos(position * div_term)
        self.register_buffer('pe', pe.unsqueeze(0), persistent=False)

    def forward(self, x):
        return x + self.pe[:, :x.size(1)]

print(PositionalEncoding(8)(torch.zeros(1, 3, 8))[0])

mha = nn.MultiheadAttention(8, 2, batch_first=True)
x = torch.randn(2, 4, 8)
mask = torch.triu(torch.ones(4, 4, dtype=torch.bool), diagonal=1)
out, weights = mha(x, x, x, attn_mask=mask)
print(out.shape, weights.shape, weights[0, 0], weights.sum(-1).allclose(torch.ones(2, 4)))
print(nn.Transformer.generate_square_subsequent_mask(3))

class Sorter(nn.Module):
    def __init__(self, n=8, d=16):
        super().__init__()
        self.embedding = nn.Embedding(n, d)
        self.position = PositionalEncoding(d)
        layer = nn.TransformerEncoderLayer(d_model=d, nhead=2, dim_feedforward=32, dropout=0.0, batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, num_layers=1)
        self.out = nn.Linear(d, n)

    def forward(self, x):
        return self.out(self.encoder(self.position(self.embedding(x))))

torch.manual_seed(0)
model = Sorter()
print(sum(p.numel() for p in model.parameters()))
print(model.encoder)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
first = None
for step in range(30):
    x = torch.randint(0, 8, (16, 4))
    y = x.sort(dim=1).values
    loss = F.cross_entropy(model(x).flatten(0, 1), y.flatten())
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    first = first or loss.item()
print("%.2f %.2f" % (first, loss.item()))
decoder = nn.TransformerDecoderLayer(d_model=8, nhead=2, dim_feedforward=16, dropout=0.0)
memory, tgt = torch.randn(5, 1, 8), torch.randn(3, 1, 8)
print(decoder(tgt, memory).shape)
