import torch
import torch.nn as nn
import torchvision.datasets as dsets
import torchvision.transforms as transforms

# Hyper parameters, as the classic tutorial on logistic regression sets them
input_size = 784
num_classes = 10
num_epochs = 5
batch_size = 100
learning_rate = 0.001

device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
torch.manual_seed(1)

# MNIST: images and labels
train_dataset = dsets.MNIST(root='./data', train=True, transform=transforms.ToTensor(), download=True)
test_dataset = dsets.MNIST(root='./data', train=False, transform=transforms.ToTensor())

# Batches of it
train_loader = torch.utils.data.DataLoader(dataset=train_dataset, batch_size=batch_size, shuffle=True)
test_loader = torch.utils.data.DataLoader(dataset=test_dataset, batch_size=1000, shuffle=False)


class LogisticRegression(nn.Module):
    def __init__(self, input_size, num_classes):
        super().__init__()
        self.linear = nn.Linear(input_size, num_classes)

    def forward(self, x):
        return self.linear(x)


model = LogisticRegression(input_size, num_classes).to(device)

# The loss contains the softmax. A rate this small learns slowly: try 0.1.
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)

for epoch in range(num_epochs):
    for i, (images, labels) in enumerate(train_loader):
        images = images.view(-1, 28 * 28).to(device)
        labels = labels.to(device)

        # Forward, backward, and a step
        optimizer.zero_grad()
        outputs = model(images)
        loss = criterion(outputs, labels)
        loss.backward()
        optimizer.step()

        if (i + 1) % 200 == 0:
            print(f'Epoch [{epoch + 1}/{num_epochs}], Step [{i + 1}/{len(train_loader)}], Loss: {loss.item():.4f}')

    # Test the model
    with torch.no_grad():
        correct = 0
        for images, labels in test_loader:
            outputs = model(images.view(-1, 28 * 28).to(device))
            predicted = outputs.argmax(dim=1).cpu()
            correct += (predicted == labels).sum().item()
    print(f'Epoch [{epoch + 1}/{num_epochs}], Accuracy on {len(test_dataset)} test images: {100 * correct / len(test_dataset):.2f} %')
