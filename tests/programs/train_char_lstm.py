"""A character model with an LSTM cell, temperature sampling and one-hot inputs."""
import numpy as np
import torch
from torch import nn

text = ("to be or not to be that is the question " * 4).strip()
chars = tuple(sorted(set(text)))
int2char = dict(enumerate(chars))
char2int = {ch: ii for ii, ch in int2char.items()}
encoded = np.array([char2int[ch] for ch in text])
print(len(chars), encoded[:10], encoded.dtype)

def one_hot_encode(arr, n_labels):
    one_hot = np.zeros((arr.size, n_labels), dtype=np.float32)
    one_hot[np.arange(one_hot.shape[0]), arr.flatten()] = 1.
    return one_hot.reshape((*arr.shape, n_labels))

print(one_hot_encode(np.array([[1, 0, 2]]), 4))

def get_batches(arr, batch_size, seq_length):
    per_batch = batch_size * seq_length
    n_batches = len(arr) // per_batch
    arr = arr[:n_batches * per_batch].reshape((batch_size, -1))
    for n in range(0, arr.shape[1], seq_length):
        x = arr[:, n:n + seq_length]
        y = np.zeros_like(x)
        try:
            y[:, :-1], y[:, -1] = x[:, 1:], arr[:, n + seq_length]
        except IndexError:
            y[:, :-1], y[:, -1] = x[:, 1:], arr[:, 0]
        yield x, y

x, y = next(get_batches(encoded, 2, 10))
print('x\n', x[:, :6])
print('y\n', y[:, :6])

class CharRNN(nn.Module):
    def __init__(self, tokens, n_hidden=24, n_layers=1, drop_prob=0.0):
        super().__init__()
        self.n_layers, self.n_hidden, self.chars = n_layers, n_hidden, tokens
        self.lstm = nn.LSTM(len(tokens), n_hidden, n_layers, dropout=drop_prob, batch_first=True)
        self.dropout = nn.Dropout(drop_prob)
        self.fc = nn.Linear(n_hidden, len(tokens))

    def forward(self, x, hidden):
        r_output, hidden = self.lstm(x, hidden)
        out = self.dropout(r_output).contiguous().view(-1, self.n_hidden)
        return self.fc(out), hidden

    def init_hidden(self, batch_size):
        weight = next(self.parameters()).data
        return (weight.new(self.n_layers, batch_size, self.n_hidden).zero_(),
                weight.new(self.n_layers, batch_size, self.n_hidden).zero_())

torch.manual_seed(0)
net = CharRNN(chars)
print(net)
opt = torch.optim.Adam(net.parameters(), lr=0.02)
criterion = nn.CrossEntropyLoss()
net.train()
for e in range(6):
    h = net.init_hidden(2)
    for x, y in get_batches(encoded, 2, 20):
        inputs, targets = torch.from_numpy(one_hot_encode(x, len(chars))), torch.from_numpy(y)
        h = tuple([each.data for each in h])
        net.zero_grad()
        output, h = net(inputs, h)
        loss = criterion(output, targets.view(2 * 20).long())
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5)
        opt.step()
    print("Epoch: {}/{}...".format(e + 1, 6), "Loss: {:.3f}".format(loss.item()))

def predict(net, char, h=None, top_k=None):
    x = torch.from_numpy(one_hot_encode(np.array([[char2int[char]]]), len(net.chars)))
    h = tuple([each.data for each in h])
    out, h = net(x, h)
    p = torch.softmax(out, dim=1).data
    if top_k is None:
        top_ch = np.arange(len(net.chars))
    else:
        p, top_ch = p.topk(top_k)
        top_ch = top_ch.numpy().squeeze()
    p = p.numpy().squeeze()
    char = np.random.choice(top_ch, p=p / p.sum())
    return int2char[char], h

np.random.seed(1)
net.eval()
h = net.init_hidden(1)
out = ["t"]
for _ in range(12):
    c, h = predict(net, out[-1], h, top_k=3)
    out.append(c)
print(len(''.join(out)), set(out) <= set(chars))
logits = torch.tensor([2.0, 1.0, 0.1])
for temperature in (0.5, 1.0, 2.0):
    print(temperature, torch.softmax(logits / temperature, 0))
cell = nn.LSTMCell(3, 2)
hx, cx = torch.zeros(1, 2), torch.zeros(1, 2)
for t in range(3):
    hx, cx = cell(torch.eye(3)[t:t + 1], (hx, cx))
print(hx.shape, cx.requires_grad)
