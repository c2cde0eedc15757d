# RNN, LSTM and GRU: shapes, a step by hand, cells.
import torch
import torch.nn as nn

torch.manual_seed(0)
rnn = nn.RNN(3, 4)
x = torch.randn(5, 2, 3)
out, h = rnn(x)
print(out.shape, h.shape, torch.equal(out[-1], h[0]), [(n, tuple(p.shape)) for n, p in rnn.named_parameters()])
state = torch.zeros(2, 4)
for t in range(5):
    state = torch.tanh(x[t] @ rnn.weight_ih_l0.t() + rnn.bias_ih_l0 + state @ rnn.weight_hh_l0.t() + rnn.bias_hh_l0)
print(torch.allclose(state, h[0], atol=1e-6), out[-1])

lstm = nn.LSTM(input_size=3, hidden_size=2, num_layers=2, batch_first=True)
out, (h, c) = lstm(torch.ones(4, 6, 3))
print(out.shape, h.shape, c.shape, sum(p.numel() for p in lstm.parameters()), list(lstm.state_dict())[4:])
print(out[0, -1], h[-1, 0], c[0, 0])
h0, c0 = torch.zeros(2, 4, 2), torch.zeros(2, 4, 2)
again, _ = lstm(torch.ones(4, 6, 3), (h0, c0))
print(torch.equal(out, again))
bi = nn.LSTM(3, 2, bidirectional=True)
out, (h, c) = bi(torch.zeros(5, 1, 3))
print(out.shape, h.shape, out[0])

gru = nn.GRU(3, 2, batch_first=True)
out, h = gru(torch.ones(1, 3, 3))
print(out.detach(), h.detach())
out.sum().backward()
print(gru.weight_ih_l0.grad.shape, "%.4f" % gru.bias_hh_l0.grad.sum().item())

cell = nn.LSTMCell(3, 2)
hx, cx = torch.zeros(1, 2), torch.zeros(1, 2)
for t in range(3):
    hx, cx = cell(torch.ones(1, 3) * t, (hx, cx))
print(hx, cx)
gates = torch.ones(1, 3) @ cell.weight_ih.t() + cell.bias_ih + hx @ cell.weight_hh.t() + cell.bias_hh
i, f, g, o = gates.chunk(4, 1)
c = f.sigmoid() * cx + i.sigmoid() * g.tanh()
h = o.sigmoid() * c.tanh()
print(torch.allclose(h, cell(torch.ones(1, 3), (hx, cx))[0], atol=1e-6))
print(nn.GRUCell(3, 2)(torch.ones(1, 3)).data, nn.RNNCell(3, 2)(torch.ones(1, 3), torch.zeros(1, 2)).data)


class Sequence(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super(Sequence, self).__init__()
        self.hidden_size = hidden_size
        self.i2h = nn.Linear(input_size + hidden_size, hidden_size)
        self.i2o = nn.Linear(input_size + hidden_size, output_size)
        self.softmax = nn.LogSoftmax(dim=1)

    def forward(self, input, hidden):
        combined = torch.cat((input, hidden), 1)
        return self.softmax(self.i2o(combined)), self.i2h(combined)

    def initHidden(self):
        return torch.zeros(1, self.hidden_size)


net = Sequence(5, 8, 3)
hidden = net.initHidden()
for letter in "abcd":
    tensor = torch.zeros(1, 5)
    tensor[0]["abcde".find(letter)] = 1
    output, hidden = net(tensor, hidden)
print(output.exp().sum().round(), output.topk(1)[1].shape, hidden.shape)
