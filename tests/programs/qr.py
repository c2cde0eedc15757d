import torch
torch.manual_seed(0)
for m, n in [(3, 3), (4, 2), (2, 4), (1, 1), (5, 5)]:
    A = torch.randn(m, n, dtype=torch.float64)
    Q, R = torch.linalg.qr(A)
    print(Q, R)
for A in [torch.eye(2), -torch.eye(3), torch.tensor([[0., 1.], [1., 0.]]), torch.tensor([[2., 1.], [0., -3.]]), torch.tensor([[-2., 1.], [0., -3.], [0., 0.]])]:
    Q, R = torch.linalg.qr(A)
    print(Q + 0., R + 0.)
A = torch.randn(3, 3, dtype=torch.float64, requires_grad=True)
Q, R = torch.linalg.qr(A)
(Q.sum() * 2 + (R ** 2).sum()).backward()
print(A.grad)
print(torch.linalg.lstsq(torch.tensor([[1., 0.], [1., 1.], [1., 2.]]), torch.tensor([[1.], [2.], [4.]])).solution)
