"""A dataset of sentences of different lengths, with a collate function, padding and packing."""
import torch
from collections import Counter
from torch import nn
from torch.nn.utils.rnn import pad_sequence, pack_padded_sequence, pad_packed_sequence
from torch.utils.data import Dataset, DataLoader, Subset, ConcatDataset, WeightedRandomSampler, random_split

TEXTS = [("good movie really good", 1), ("bad movie", 0), ("not bad", 1), ("terrible terrible plot", 0),
         ("great plot and great cast", 1), ("boring", 0), ("really great", 1), ("bad cast and bad plot", 0)]

class Vocabulary:
    def __init__(self, texts, specials=("<pad>", "<unk>")):
        counter = Counter(word for text, _ in texts for word in text.split())
        self.itos = list(specials) + [w for w, c in sorted(counter.items(), key=lambda wc: (-wc[1], wc[0]))]
        self.stoi = {w: i for i, w in enumerate(self.itos)}

    def __len__(self):
        return len(self.itos)

    def __call__(self, text):
        return [self.stoi.get(w, self.stoi["<unk>"]) for w in text.split()]

class Reviews(Dataset):
    def __init__(self, texts, vocabulary, transform=None):
        self.texts, self.vocabulary, self.transform = texts, vocabulary, transform

    def __getitem__(self, index):
        text, label = self.texts[index]
        sample = {"ids": torch.tensor(self.vocabulary(text)), "label": label}
        return self.transform(sample) if self.transform else sample

    def __len__(self):
        return len(self.texts)

def collate(batch):
    batch.sort(key=lambda s: len(s["ids"]), reverse=True)
    lengths = torch.tensor([len(s["ids"]) for s in batch])
    ids = pad_sequence([s["ids"] for s in batch], batch_first=True, padding_value=0)
    return ids, lengths, torch.tensor([s["label"] for s in batch], dtype=torch.float)

vocabulary = Vocabulary(TEXTS)
print(len(vocabulary), vocabulary.itos[:6], vocabulary("great unseen plot"))
data = Reviews(TEXTS, vocabulary)
print(data[1], len(data))
torch.manual_seed(0)
loader = DataLoader(data, batch_size=3, shuffle=True, collate_fn=collate)
for ids, lengths, labels in loader:
    print(ids, lengths.tolist(), labels)

class Net(nn.Module):
    def __init__(self, n, dim=8, hidden=6):
        super().__init__()
        self.embedding = nn.Embedding(n, dim, padding_idx=0)
        self.lstm = nn.LSTM(dim, hidden, batch_first=True, bidirectional=True)
        self.fc = nn.Linear(2 * hidden, 1)

    def forward(self, ids, lengths):
        packed = pack_padded_sequence(self.embedding(ids), lengths, batch_first=True)
        output, (h, c) = self.lstm(packed)
        padded, n = pad_packed_sequence(output, batch_first=True)
        assert padded.shape[1] == int(n.max())
        return self.fc(torch.cat([h[-2], h[-1]], dim=1)).squeeze(1)

net = Net(len(vocabulary))
print(net)
optimizer = torch.optim.Adam(net.parameters(), lr=0.02)
criterion = nn.BCEWithLogitsLoss()
for epoch in range(1, 13):
    running, correct = 0.0, 0
    for ids, lengths, labels in loader:
        out = net(ids, lengths)
        loss = criterion(out, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        running += loss.item() * labels.size(0)
        correct += ((out > 0).float() == labels).sum().item()
    if epoch % 4 == 0:
        print(f"epoch {epoch:02d} loss {running / len(data):.3f} accuracy {correct / len(data):.1%}")
print(net.embedding.weight[0].abs().sum().item())

train, test = random_split(data, [6, 2], generator=torch.Generator().manual_seed(42))
print(train.indices, test.indices, len(ConcatDataset([train, test])), Subset(data, [0, 2])[1]["label"])
sampler = WeightedRandomSampler([0.1, 0.9] * 4, num_samples=6, replacement=True)
print(list(sampler))
for batch in DataLoader(data, batch_size=2, collate_fn=lambda b: [s["label"] for s in b], drop_last=True):
    print(batch, end=" ")
print()
xs = [(torch.tensor([i, i + 1.0]), {"k": i, "t": "s%d" % i}) for i in range(3)]
for x, d in DataLoader(xs, batch_size=2):
    print(x, d)
