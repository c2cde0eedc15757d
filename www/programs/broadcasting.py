import torch

# A row and a column make a table: each is repeated until the shapes agree.
row = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
column = torch.tensor([[10.0], [20.0]], requires_grad=True)

table = row * column
print(table)

# What was repeated in the forward pass is summed in the backward pass.
table.sum().backward()
print("row.grad   ", row.grad, row.grad.shape)
print("column.grad", column.grad.tolist(), column.grad.shape)
