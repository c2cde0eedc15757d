# A small convolutional network on a slice of MNIST, with train and test as functions.
from __future__ import print_function

import argparse

import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim
from torch.optim.lr_scheduler import StepLR
from torchvision import datasets, transforms


class ConvNet(nn.Module):
    def __init__(self):
        super(ConvNet, self).__init__()
        self.conv1 = nn.Conv2d(1, 4, 5)
        self.bn1 = nn.BatchNorm2d(4)
        self.conv2 = nn.Conv2d(4, 8, kernel_size=3)
        self.dropout = nn.Dropout(0.1)
        self.fc1 = nn.Linear(200, 10)

    def forward(self, x):
        x = F.relu(F.max_pool2d(self.bn1(self.conv1(x)), 2))
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = self.dropout(torch.flatten(x, 1))
        return F.log_softmax(self.fc1(x), dim=1)


def train(args, model, device, batches, optimizer, epoch):
    model.train()
    for step, (data, target) in enumerate(batches):
        data, target = data.to(device), target.to(device)
        optimizer.zero_grad()
        output = model(data)
        loss = F.nll_loss(output, target)
        loss.backward()
        optimizer.step()
        if step % args.log_interval == 0:
            print("epoch {} seen {}/{} ({:.0f}%)\tloss {:.0f}".format(epoch, step * len(data), len(batches.dataset), 100.0 * step / len(batches), loss.item()))


def check(model, device, checks):
    model.eval()
    lost, correct = 0, 0
    with torch.no_grad():
        for data, target in checks:
            data, target = data.to(device), target.to(device)
            output = model(data)
            lost += F.nll_loss(output, target, reduction="sum").item()
            pred = output.argmax(dim=1, keepdim=True)
            correct += pred.eq(target.view_as(pred)).sum().item()
    lost /= len(checks.dataset)
    print("unseen: loss {:.1f}, more than half right: {}\n".format(lost, 2 * correct > len(checks.dataset)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--log-interval", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    device = torch.device("cpu")
    transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])
    seen = torch.utils.data.Subset(datasets.MNIST("../data", train=True, download=True, transform=transform), range(320))
    unseen = torch.utils.data.Subset(datasets.MNIST("../data", train=False, transform=transform), range(200))
    batches = torch.utils.data.DataLoader(seen, batch_size=32, shuffle=True)
    checks = torch.utils.data.DataLoader(unseen, batch_size=100)
    model = ConvNet().to(device)
    print(model)
    optimizer = optim.SGD(model.parameters(), lr=args.lr)
    scheduler = StepLR(optimizer, step_size=1, gamma=0.7)
    for epoch in range(1, 3):
        train(args, model, device, batches, optimizer, epoch)
        check(model, device, checks)
        scheduler.step()


if __name__ == "__main__":
    main()
