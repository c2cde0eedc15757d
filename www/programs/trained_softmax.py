import torch
import torch.nn as nn
from safetensors.torch import load_file

# Softmax regression with the weights that mnist_softmax.py has learnt from 60,000 digits
model = nn.Linear(28 * 28, 10)
model.load_state_dict(load_file('digits_softmax.safetensors'))
model.eval()

print(f'{sum(p.numel() for p in model.parameters()):,} parameters: draw a digit for them')
