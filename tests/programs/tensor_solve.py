"""Decompositions, and what is solved with them."""

import numpy as np
import torch

torch.manual_seed(0)
A = torch.randn(6, 4)
U, S, Vh = torch.linalg.svd(A, full_matrices=False)
print(S, torch.allclose(U @ torch.diag(S) @ Vh, A, atol=1e-5))
U, S, Vh = torch.linalg.svd(A)
print(U.shape, torch.allclose(U @ U.T, torch.eye(6), atol=1e-5))
print(torch.linalg.svd(A.T)[0].shape, torch.svd(A)[2].shape, torch.linalg.cond(A), torch.linalg.matrix_rank(A))
C = A.T @ A
w, v = torch.linalg.eigh(C)
print(w, torch.allclose(v @ torch.diag(w) @ v.T, C, atol=1e-4))
r = torch.linalg.slogdet(C)
print(r, r.logabsdet)
print(torch.linalg.eigh(torch.tensor([[4.0, 1.0], [1.0, 3.0]])))

X = np.random.RandomState(0).randn(7, 3)
u, s, vt = np.linalg.svd(X)
print(u.shape, s.round(4), np.allclose(u[:, :3] * s @ vt, X), np.linalg.matrix_rank(X), np.linalg.matrix_rank(np.ones((3, 3))))
for matrix in ([[2.0, 1.0], [1.0, 1.0]], [[1.0, -0.5], [-0.5, 3.0]], [[1.0, 0.8], [0.8, 1.0]]):
    print(np.linalg.eigh(np.array(matrix))[1].round(4), np.linalg.eig(np.array(matrix))[1].round(4))

B = torch.randn(40, 40)
P = (B @ B.T + 40 * torch.eye(40)).requires_grad_()
L = torch.linalg.cholesky(P)
print(torch.allclose(L @ L.T, P, atol=1e-3), round(L.diagonal().sum().item(), 2), round(torch.logdet(P).item(), 2))
L.diagonal().log().sum().backward()
print(P.grad.diagonal().sum())
x = torch.linalg.solve(P, torch.ones(40))
print(f"{x.sum().item():.4f} {torch.inverse(P).trace().item():.4f}")
print(torch.linalg.solve(C, torch.ones(5, 4, 2)).shape, torch.linalg.solve(torch.stack([C, C]), torch.ones(4, 2)).shape)
try:
    torch.linalg.solve(torch.zeros(2, 2), torch.ones(2))
except RuntimeError as error:
    print(type(error).__name__, error)
print(torch.allclose(A @ torch.linalg.pinv(A) @ A, A, atol=1e-5))
print(torch.distributions.MultivariateNormal(torch.zeros(2), torch.eye(2)).log_prob(torch.ones(3, 2)))
print(torch.nn.init.trunc_normal_(torch.empty(5, 3), std=0.02))
print(np.linalg.cholesky(np.array([[4.0, 2.0, 0.0], [2.0, 5.0, 3.0], [0.0, 3.0, 6.0]])).round(4))
try:
    np.linalg.cholesky(-np.eye(2))
except np.linalg.LinAlgError as error:
    print(error)
