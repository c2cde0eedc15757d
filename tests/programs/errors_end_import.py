# Asks for a module that is not there.
import torch

print(torch.ones(1))
import tensorflow as tf

print("not reached")
