"""Walking the graph: what `next_functions` leads to."""

import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 2, 3)
        self.fc1 = nn.Linear(8, 4)
        self.fc2 = nn.Linear(4, 2)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv(x)), 2)
        x = torch.flatten(x, 1)
        return self.fc2(F.relu(self.fc1(x)))


def show(node, depth=0):
    if node is None:
        return
    print("  " * depth + type(node).__name__)
    for inner, index in node.next_functions:
        show(inner, depth + 1)


net = Net()
output = net(torch.randn(1, 1, 6, 6))
loss = nn.MSELoss()(output, torch.zeros(1, 2))
print(loss.grad_fn.name())
print(loss.grad_fn.next_functions[0][0].name())
print(loss.grad_fn.next_functions[0][0].next_functions[0][0].name())
print(loss.grad_fn.next_functions[0][0].next_functions[0][0].next_functions)
show(loss.grad_fn)

a = torch.tensor(2.0, requires_grad=True)
b = torch.tensor(3.0, requires_grad=True)
show((a * b + a.sin() / b).grad_fn)
show((a * a).grad_fn)
show(torch.cat([a.view(1), b.view(1)]).mean().grad_fn)
show(F.softmax(a * torch.ones(2), 0).sum().grad_fn)

x = torch.arange(6)
y = x.view(2, 3)
print(x.data_ptr() == y.data_ptr(), y[1].data_ptr() - y.data_ptr(), x.clone().data_ptr() == x.data_ptr())
