# A line through points that a loop of few lines finds.
import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn as nn

# What can be turned
epochs = 60
learning_rate = 0.002

# Hours of practice and marks in the test
hours = np.array([[1.2], [2.5], [3.1], [4.75], [5.0], [6.4], [7.3], [8.8], [9.1], [10.6]], dtype=np.float32)
marks = np.array([[1.4], [1.9], [2.3], [2.2], [3.1], [3.3], [4.2], [4.4], [4.9], [5.6]], dtype=np.float32)

torch.manual_seed(0)
model = nn.Linear(1, 1)
criterion = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)

for epoch in range(epochs):
    # From arrays to tensors
    inputs = torch.from_numpy(hours)
    targets = torch.from_numpy(marks)

    outputs = model(inputs)
    loss = criterion(outputs, targets)

    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

    if (epoch + 1) % 10 == 0:
        print('epoch {}/{}, loss {:.4f}'.format(epoch + 1, epochs, loss.item()))

# Look at it
fitted = model(torch.from_numpy(hours)).detach().numpy()
plt.plot(hours, marks, 'ro', label='pupils')
plt.plot(hours, fitted, label='line')
plt.legend()
plt.show()
print(fitted.shape, fitted[:3].ravel().round(3), "%.3f" % ((fitted - marks) ** 2).mean())

# Keep it
torch.save(model.state_dict(), 'line.ckpt')
again = nn.Linear(1, 1)
again.load_state_dict(torch.load('line.ckpt'))
print(torch.equal(again.weight, model.weight))
[w, b] = model.parameters()
print("w {:.4f} b {:.4f}".format(w[0][0].item(), b[0].item()))
