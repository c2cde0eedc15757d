# How PyTorch was written in its first years, and what still runs.
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.autograd import Variable

torch.manual_seed(0)
dtype = torch.FloatTensor
x = Variable(torch.randn(4, 3).type(dtype), requires_grad=False)
w = Variable(torch.randn(3, 1).type(dtype), requires_grad=True)
print(x.requires_grad, w.requires_grad, type(w).__name__, isinstance(w, torch.Tensor))
print(isinstance(x.data, torch.FloatTensor))
y = Variable(torch.ones(4, 1))
for t in range(3):
    loss = (x.mm(w) - y).pow(2).sum()
    loss.backward()
    w.data -= 0.05 * w.grad.data
    w.grad.data.zero_()
    print(t, "%.3f" % loss.data.item(), "%.3f" % float(loss.data))
print(torch.Tensor([1, 2]).numpy(), torch.Tensor(2).size(), torch.LongTensor([3]).item(), torch.ByteTensor([1]).bool())
print(torch.Tensor(3).fill_(2), torch.Tensor(2, 2).zero_(), torch.FloatTensor(2).fill_(0.5))
print(torch.DoubleTensor([1, 2]).sum())
sizes = nn.MSELoss(size_average=False)(torch.zeros(4), torch.ones(4)), F.mse_loss(torch.zeros(4), torch.ones(4), size_average=True)
print(sizes, nn.MSELoss(reduce=False)(torch.zeros(2), torch.ones(2)))
print(F.cross_entropy(torch.zeros(2, 4), torch.tensor([1, 2]), size_average=False))
print(F.sigmoid(torch.zeros(1)), F.tanh(torch.zeros(1)), F.softmax(torch.ones(1, 4), dim=1))
print(nn.functional.sigmoid(torch.tensor(0.)))
p = torch.nn.Parameter(torch.zeros(2))
nn.init.xavier_uniform_(nn.Linear(2, 2).weight)
torch.nn.utils.clip_grad_norm_([w], 1.0)
print(p.data.add_(1), p)
hidden = Variable(torch.zeros(1, 2))
out, (h, c) = nn.LSTM(3, 2)(Variable(torch.zeros(5, 1, 3)), (Variable(torch.zeros(1, 1, 2)), Variable(torch.zeros(1, 1, 2))))
print(out.size(), h.size(), c.size(), hidden.data.size(), out.data.shape)
_, predicted = torch.max(Variable(torch.tensor([[0.1, 0.9], [0.8, 0.2]])).data, 1)
total, correct = predicted.size(0), (predicted == torch.tensor([1, 1])).sum()
print("Accuracy: %d %%" % (100 * correct / total), predicted)
print(torch.cuda.is_available(), torch.device("cuda" if torch.cuda.is_available() else "cpu"))
print(torch.cuda.device_count(), torch.backends.cudnn.enabled in (True, False))
device = torch.device("cuda:0" if torch.cuda.is_available() else "cpu")
t = torch.ones(2, device=device).to(device).to("cpu").cpu()
print(t, t.is_cuda, t.device.type, nn.Linear(1, 1).to(device).weight.device, torch.__version__[:4] >= "1.13")
print(Variable(torch.ones(1), volatile=True).requires_grad)
print(x.data.norm() > 0, w.grad.data, w.is_leaf, (w * 2).is_leaf, x.volatile if hasattr(x, "volatile") else False)
