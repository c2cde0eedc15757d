# nn.LSTM on sequences: which of two symbols came first, and a sine continued.
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)


class Tagger(nn.Module):
    def __init__(self, vocab, width, hidden, tags):
        super(Tagger, self).__init__()
        self.embed = nn.Embedding(vocab, width)
        self.lstm = nn.LSTM(width, hidden)
        self.to_tag = nn.Linear(hidden, tags)

    def forward(self, sentence):
        vectors = self.embed(sentence)
        states, _ = self.lstm(vectors.view(len(sentence), 1, -1))
        scores = self.to_tag(states.view(len(sentence), -1))
        return F.log_softmax(scores, dim=1)


examples = [
    ("a dog chased the ball".split(), ["DET", "NN", "V", "DET", "NN"]),
    ("nobody saw the dog".split(), ["NN", "V", "DET", "NN"]),
]
words = {}
for sent, tags in examples:
    for word in sent:
        if word not in words:
            words[word] = len(words)
tag_numbers = {"DET": 0, "NN": 1, "V": 2}
print(words)


def numbers(seq, to_ix):
    return torch.tensor([to_ix[w] for w in seq], dtype=torch.long)


model = Tagger(len(words), 6, 6, len(tag_numbers))
print(model)
loss_function = nn.NLLLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
for epoch in range(200):
    total = 0.0
    for sentence, tags in examples:
        model.zero_grad()
        tag_scores = model(numbers(sentence, words))
        loss = loss_function(tag_scores, numbers(tags, tag_numbers))
        loss.backward()
        optimizer.step()
        total += loss.item()
    if epoch % 60 == 0:
        print(epoch, "%.2f" % total)
with torch.no_grad():
    scores = model(numbers(examples[0][0], words))
    names = {i: t for t, i in tag_numbers.items()}
    print([names[i.item()] for i in scores.argmax(1)])

wave = torch.sin(torch.arange(40.) * 0.4)
inputs, targets = wave[:-1].view(1, -1, 1), wave[1:].view(1, -1, 1)
gru, head = nn.GRU(1, 10, batch_first=True), nn.Linear(10, 1)
optimizer = torch.optim.Adam([*gru.parameters(), *head.parameters()], lr=0.02)
for epoch in range(150):
    out, _ = gru(inputs)
    loss = F.mse_loss(head(out), targets)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if epoch in (0, 149):
        print("%.1f" % loss.item())
