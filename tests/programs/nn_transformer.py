# The ready-made attention and transformer layers.
import torch
import torch.nn as nn

torch.manual_seed(0)
attention = nn.MultiheadAttention(embed_dim=4, num_heads=2, batch_first=True)
x = torch.randn(1, 3, 4)
out, weights = attention(x, x, x)
print(attention)
print(out.shape, weights.shape, weights.sum(-1).round())
print([(n, tuple(p.shape)) for n, p in attention.named_parameters()])
causal = torch.triu(torch.ones(3, 3), diagonal=1).bool()
_, weights = attention(x, x, x, attn_mask=causal)
print((weights[0] > 0).long())

q, k, v = nn.functional.linear(x, attention.in_proj_weight, attention.in_proj_bias).chunk(3, -1)
split = lambda t: t.view(1, 3, 2, 2).transpose(1, 2)
scores = split(q) @ split(k).transpose(-2, -1) / 2 ** 0.5
by_hand = attention.out_proj((scores.softmax(-1) @ split(v)).transpose(1, 2).reshape(1, 3, 4))
print(torch.allclose(by_hand, out, atol=1e-5))

layer = nn.TransformerEncoderLayer(d_model=4, nhead=2, dim_feedforward=8, dropout=0.0, batch_first=True)
print(layer)
print(layer(x).shape, sum(p.numel() for p in layer.parameters()))
y = x + layer.self_attn(x, x, x)[0]
y = layer.norm1(y)
y = layer.norm2(y + layer.linear2(torch.relu(layer.linear1(y))))
print(torch.allclose(y, layer(x), atol=1e-5))
encoder = nn.TransformerEncoder(layer, num_layers=2)
print(encoder(x).shape, len(list(encoder.parameters())), len(encoder.layers))
mask = nn.Transformer.generate_square_subsequent_mask(3)
print(mask)
