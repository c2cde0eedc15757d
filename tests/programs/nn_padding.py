# Sequences of different lengths: padding, masks, packing.
import torch
import torch.nn as nn
from torch.nn.utils.rnn import pack_padded_sequence, pack_sequence, pad_packed_sequence, pad_sequence

sequences = [torch.tensor([1, 2, 3]), torch.tensor([4, 5]), torch.tensor([6])]
lengths = torch.tensor([len(s) for s in sequences])
padded = pad_sequence(sequences, batch_first=True)
print(padded, pad_sequence(sequences).shape, pad_sequence(sequences, batch_first=True, padding_value=-1)[2])
mask = torch.arange(padded.size(1))[None, :] < lengths[:, None]
print(mask, mask.sum(), padded[mask])
values = padded.float()
print((values * mask).sum(1) / lengths, values.masked_fill(~mask, float("-inf")).max(dim=1)[0])

scores = torch.zeros(3, 3).masked_fill(~mask, -1e9)
print(torch.softmax(scores, dim=1))


def masked_softmax(X, valid_lens):
    positions = torch.arange(X.size(-1)).expand(X.shape)
    return torch.where(positions < valid_lens[:, None], X, torch.tensor(-1e6)).softmax(-1)


print(masked_softmax(torch.tensor([[1.0, 2.0, 3.0], [1.0, 1.0, 5.0]]), torch.tensor([3, 2])))
packed = pack_padded_sequence(padded.t(), lengths)
print(packed.data, packed.batch_sizes)
print(pack_sequence(sequences).data)
unpacked, back = pad_packed_sequence(packed, batch_first=True)
print(unpacked, back)

torch.manual_seed(0)
emb, rnn = nn.Embedding(7, 3, padding_idx=0), nn.GRU(3, 2, batch_first=True)
packed = pack_padded_sequence(emb(padded), lengths, batch_first=True, enforce_sorted=False)
out, h = rnn(packed)
out, _ = pad_packed_sequence(out, batch_first=True)
print(out.shape, h.shape)
last = out[torch.arange(3), lengths - 1]
print(torch.allclose(last, h[0], atol=1e-6), out[2, 1:].abs().sum().item())
alone, _ = rnn(emb(sequences[1][None]))
print(torch.allclose(alone[0, -1], last[1], atol=1e-6))
loss = nn.CrossEntropyLoss(ignore_index=0, reduction="none")
print(loss(torch.zeros(3, 7), padded[:, 1]))
bags = nn.EmbeddingBag(7, 3, mode="sum")
print(bags(torch.tensor([1, 2, 4, 5]), torch.tensor([0, 2])).shape)
