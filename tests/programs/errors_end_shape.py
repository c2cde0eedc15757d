# Ends in the error of a layer that does not fit.
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(64, 10))
images = torch.zeros(32, 1, 28, 28)
print("flattened", images.view(32, -1).shape)
print(model(images.view(32, -1)).shape)
print("not reached")
