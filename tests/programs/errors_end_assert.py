# Ends in an assertion about a shape.
import torch


def attention(q, k):
    assert q.shape[-1] == k.shape[-1], f"query has {q.shape[-1]} features, key has {k.shape[-1]}"
    return q @ k.transpose(-2, -1)


print(attention(torch.ones(2, 3), torch.ones(4, 3)).shape)
print(attention(torch.ones(2, 3), torch.ones(4, 5)).shape)
