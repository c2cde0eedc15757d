import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim

torch.manual_seed(0)
torch.set_printoptions(precision=3, sci_mode=False)


def show(name, t):
    print(name, [round(v, 3) + 0.0 for v in t.detach().flatten().tolist()])


# Where grids lie.
theta = torch.tensor([[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]], [[0.5, -0.5, 0.25], [0.5, 0.5, -0.125]]], requires_grad=True)
for corners in (False, True):
    grid = F.affine_grid(theta, torch.Size((2, 1, 2, 3)), align_corners=corners)
    print(grid.shape)
    print(grid.detach())
print(F.affine_grid(theta[:1], (1, 1, 1, 4), align_corners=True).detach())
(F.affine_grid(theta, (2, 1, 2, 3), align_corners=False) ** 2).sum().backward()
show("theta", theta.grad)

# Each way to read outside of an image, and between its pixels.
image = torch.arange(12.0).reshape(1, 1, 3, 4)
places = torch.tensor([[[[-1.9, -0.7], [-0.31, 0.2]], [[0.67, 1.43], [2.9, -2.2]]]])
for mode in ("bilinear", "nearest"):
    for padding_mode in ("zeros", "border", "reflection"):
        for corners in (False, True):
            x = image.clone().requires_grad_()
            grid = places.clone().requires_grad_()
            out = F.grid_sample(x, grid, mode=mode, padding_mode=padding_mode, align_corners=corners)
            (out * torch.tensor([[1.0, 2.0], [3.0, 4.0]])).sum().backward()
            print(mode, padding_mode, corners)
            show(" out", out)
            show(" image", x.grad)
            show(" grid", grid.grad)
colours = torch.randn(2, 3, 5, 5)
print(F.grid_sample(colours, torch.rand(2, 4, 6, 2) * 2 - 1, align_corners=False).shape)
identity = F.affine_grid(torch.eye(2, 3).expand(2, 2, 3), colours.size(), align_corners=True)
print(torch.allclose(F.grid_sample(colours, identity, align_corners=True), colours, atol=1e-5))

# What is refused.
for call in (
    lambda: F.grid_sample(image, places, mode="cubic"),
    lambda: F.grid_sample(image, places, padding_mode="wrap"),
    lambda: F.grid_sample(image, torch.zeros(1, 2, 2, 3), align_corners=False),
    lambda: F.grid_sample(image, torch.zeros(2, 2, 2, 2), align_corners=False),
    lambda: F.affine_grid(torch.zeros(2, 3), (1, 1, 2, 2), align_corners=False),
    lambda: F.affine_grid(torch.zeros(1, 2, 3).long(), (1, 1, 2, 2), align_corners=False),
    lambda: F.affine_grid(torch.zeros(1, 2, 3), (1, 1, 2), align_corners=False),
):
    try:
        call()
    except (ValueError, RuntimeError) as error:
        print(type(error).__name__, error)


# A network that turns its input before it looks at it.
class Net(nn.Module):
    def __init__(self):
        super(Net, self).__init__()
        self.conv1 = nn.Conv2d(1, 10, kernel_size=5)
        self.conv2 = nn.Conv2d(10, 20, kernel_size=5)
        self.conv2_drop = nn.Dropout2d()
        self.fc1 = nn.Linear(320, 50)
        self.fc2 = nn.Linear(50, 10)
        self.localization = nn.Sequential(
            nn.Conv2d(1, 8, kernel_size=7),
            nn.MaxPool2d(2, stride=2),
            nn.ReLU(True),
            nn.Conv2d(8, 10, kernel_size=5),
            nn.MaxPool2d(2, stride=2),
            nn.ReLU(True),
        )
        self.fc_loc = nn.Sequential(nn.Linear(10 * 3 * 3, 32), nn.ReLU(True), nn.Linear(32, 3 * 2))
        self.fc_loc[2].weight.data.zero_()
        self.fc_loc[2].bias.data.copy_(torch.tensor([1, 0, 0, 0, 1, 0], dtype=torch.float))

    def stn(self, x):
        xs = self.localization(x)
        xs = xs.view(-1, 10 * 3 * 3)
        theta = self.fc_loc(xs)
        theta = theta.view(-1, 2, 3)
        grid = F.affine_grid(theta, x.size(), align_corners=False)
        return F.grid_sample(x, grid, align_corners=False)

    def forward(self, x):
        x = self.stn(x)
        x = F.relu(F.max_pool2d(self.conv1(x), 2))
        x = F.relu(F.max_pool2d(self.conv2_drop(self.conv2(x)), 2))
        x = x.view(-1, 320)
        x = F.relu(self.fc1(x))
        x = F.dropout(x, training=self.training)
        x = self.fc2(x)
        return F.log_softmax(x, dim=1)


model = Net()
optimizer = optim.SGD(model.parameters(), lr=0.05)
data, target = torch.rand(8, 1, 28, 28), torch.arange(8)
# Without dropping anything.
model.eval()
for step in range(4):
    optimizer.zero_grad()
    loss = F.nll_loss(model(data), target)
    loss.backward()
    if step == 0:
        print("bias of the grid", [round(v, 2) + 0.0 for v in model.fc_loc[2].bias.grad.tolist()])
    optimizer.step()
    print("step %d, loss %.3f" % (step, loss.item()))
print([round(v, 2) + 0.0 for v in model.fc_loc[2].bias.tolist()])
