import torch, warnings
warnings.filterwarnings('ignore')
from torch import nn
import torch.nn.functional as F
torch.manual_seed(0)
torch.set_printoptions(precision=2)
net = nn.Sequential(nn.LazyConv2d(4, kernel_size=3, padding=1), nn.LazyBatchNorm2d(), nn.ReLU(), nn.Flatten(), nn.LazyLinear(5), nn.LazyBatchNorm1d(), nn.Linear(5, 2))
print(net)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
x = torch.randn(3, 2, 6, 6)
y = net(x)
print(y, net)
F.cross_entropy(y, torch.tensor([0, 1, 1])).backward()
opt.step()
print(net(x), [tuple(p.shape) for p in net.parameters()])
print(type(net[0]), type(net[4]) is nn.Linear, isinstance(net[0], nn.Conv2d))
l = nn.LazyLinear(1)
l.weight.data.normal_(0, 0.01); l.bias.data.fill_(0)
print(l, l(torch.ones(2, 3)).shape, l)
t = nn.LazyConvTranspose2d(3, 2, stride=2)
print(t, t(torch.ones(1, 4, 2, 2)).shape, t)
class A:
    def f(self): return 'A'
class B(A):
    def f(self): return 'B'
b = B(); b.__class__ = A
print(b.f(), type(b).__name__, isinstance(b, B))
try: b.__class__ = 3
except TypeError as e: print(e)
