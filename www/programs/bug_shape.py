import torch
import torch.nn as nn

# Images of 8 × 8 pixels for a layer that expects vectors. What has to happen to them first?
images = torch.rand(5, 8, 8)
layer = nn.Linear(64, 10)
scores = layer(images)
print(scores.shape)
