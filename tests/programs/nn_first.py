# The first page about networks.
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(2, 3)
        self.fc2 = nn.Linear(3, 1)

    def forward(self, x):
        x = torch.relu(self.fc1(x))
        return self.fc2(x)


torch.manual_seed(0)
net = Net()
print(net)
for name, param in net.named_parameters():
    print(name, param.shape)
x = torch.tensor([[1.0, 2.0], [3.0, -1.0]])
out = net(x)
print(out)
loss = nn.MSELoss()(out, torch.zeros(2, 1))
print(loss)
loss.backward()
print(net.fc2.bias.grad)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
optimizer.step()
print(net(x))
