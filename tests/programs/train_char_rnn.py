# A character RNN written as a module of linear layers, trained on one sentence.
import torch
import torch.nn as nn

text = "hello world, hello tensors"
chars = sorted(set(text))
stoi = {c: i for i, c in enumerate(chars)}
itos = {i: c for c, i in stoi.items()}
encode = lambda s: [stoi[c] for c in s]
decode = lambda ids: "".join(itos[i] for i in ids)
print(len(chars), chars, encode("hello"), decode(encode("world")))


class CharRNN(nn.Module):
    def __init__(self, vocab, embed, hidden):
        super().__init__()
        self.hidden_size = hidden
        self.embedding = nn.Embedding(vocab, embed)
        self.i2h = nn.Linear(embed, hidden)
        self.h2h = nn.Linear(hidden, hidden, bias=False)
        self.h2o = nn.Linear(hidden, vocab)

    def forward(self, index, hidden):
        hidden = torch.tanh(self.i2h(self.embedding(index)) + self.h2h(hidden))
        return self.h2o(hidden), hidden

    def init_hidden(self):
        return torch.zeros(1, self.hidden_size)

    @torch.no_grad()
    def generate(self, start, length):
        hidden, out = self.init_hidden(), start
        for c in start[:-1]:
            _, hidden = self(torch.tensor([stoi[c]]), hidden)
        c = start[-1]
        for _ in range(length):
            logits, hidden = self(torch.tensor([stoi[c]]), hidden)
            c = itos[logits.argmax(dim=1).item()]
            out += c
        return out


torch.manual_seed(0)
model = CharRNN(len(chars), 8, 32)
ids = torch.tensor(encode(text))
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for epoch in range(1, 121):
    hidden, loss = model.init_hidden(), 0
    optimizer.zero_grad()
    for i in range(len(ids) - 1):
        output, hidden = model(ids[i].view(1), hidden)
        loss += criterion(output, ids[i + 1].view(1))
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 5.0)
    optimizer.step()
    if epoch == 1 or epoch % 40 == 0:
        print("epoch %3d loss %.1f" % (epoch, loss.item() / (len(ids) - 1)))
print(model.generate("hello w", len(text) - 7) == text, repr(model.generate("hel", 5)))
