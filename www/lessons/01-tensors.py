import torch

torch.manual_seed(1)

# A tensor is a box of numbers with a shape.
x = torch.rand(5, 3)
print(x)
print("shape:", x.shape)

# Arithmetic goes element by element; a column is a slice.
y = torch.ones(5, 3)
print(x + y)
print("second column:", x[:, 1])

# A matrix times a matrix: the inner sizes must agree.
weights = torch.rand(3, 2)
product = x @ weights
print("product:", product.shape)
