# One hidden layer on a part of MNIST.
import torch
import torch.nn as nn
import torchvision
import torchvision.transforms as transforms

device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
hidden_size, num_classes = 50, 10
num_epochs, batch_size, learning_rate = 2, 100, 0.001

torch.manual_seed(0)
digits = torchvision.datasets.MNIST(root='../data', train=True, transform=transforms.ToTensor(), download=True)
unseen = torchvision.datasets.MNIST(root='../data', train=False, transform=transforms.ToTensor())
# So few that this takes a second
digits = torch.utils.data.Subset(digits, range(2000))
unseen = torch.utils.data.Subset(unseen, range(500))
train_loader = torch.utils.data.DataLoader(dataset=digits, batch_size=batch_size, shuffle=True)
test_loader = torch.utils.data.DataLoader(dataset=unseen, batch_size=batch_size, shuffle=False)


class Classifier(nn.Module):
    def __init__(self, hidden, classes):
        super(Classifier, self).__init__()
        self.inner = nn.Linear(28 * 28, hidden)
        self.act = nn.ReLU()
        self.outer = nn.Linear(hidden, classes)

    def forward(self, images):
        flat = images.reshape(-1, 28 * 28)
        return self.outer(self.act(self.inner(flat)))


model = Classifier(hidden_size, num_classes).to(device)
print(model)
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate)

for epoch in range(num_epochs):
    for i, (images, labels) in enumerate(train_loader):
        images, labels = images.to(device), labels.to(device)
        loss = criterion(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if (i + 1) % 10 == 0:
            print('epoch {}/{}, step {}/{}, loss {:.3f}'.format(epoch + 1, num_epochs, i + 1, len(train_loader), loss.item()))

model.eval()
with torch.no_grad():
    correct, total = 0, 0
    for images, labels in test_loader:
        outputs = model(images.to(device))
        _, predicted = torch.max(outputs.data, 1)
        total += labels.size(0)
        correct += (predicted == labels.to(device)).sum().item()
    print('of {} unseen digits more than 70 % are read: {}'.format(total, 100 * correct / total > 70))
torch.save(model.state_dict(), 'digits.ckpt')
