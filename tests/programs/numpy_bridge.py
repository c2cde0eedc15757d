# Tensors and arrays: from one to the other, sharing memory or not.
import numpy as np
import torch

a = np.ones(3)
t = torch.from_numpy(a)
print(t, t.dtype)
np.add(a, 1, out=a)
print(a, t)
t.mul_(10)
a[0] = -1
print(a, t)
x = torch.ones(2, 2)
n = x.numpy()
x.add_(1)
print(n, n.dtype, type(n).__name__, type(x).__name__)
n[0, 0] = 100
print(x)
c = torch.tensor(a)
a[1] = 0
print(c, torch.as_tensor(a), torch.Tensor(a), torch.FloatTensor(np.array([1, 2])))
print(torch.tensor(np.float64(1.5)), torch.tensor(np.int64(3)), torch.tensor(np.arange(3)))
print(torch.tensor([np.float32(0.5), 2]))
print([torch.from_numpy(np.zeros(1, dtype=d)).dtype for d in (np.float32, np.float64, np.int64, np.uint8, bool)])
print(torch.from_numpy(np.arange(6).reshape(2, 3)).shape)
print(torch.arange(3).numpy(), torch.tensor(2.5).numpy(), torch.tensor([True]).numpy())
print(torch.ones(2).double().numpy().dtype, x.detach().cpu().numpy().sum())
print(torch.ones(1, requires_grad=True).data.numpy(), torch.zeros(0).numpy().shape)
print(np.array(torch.ones(2)), np.mean([torch.tensor(1.0), torch.tensor(3.0)]), np.asarray(torch.arange(2)))
print(torch.ones(2).numpy() * np.array([2, 3]), np.exp(torch.zeros(2)), float(np.mean([0.5, 1.5])))
print(np.array([t.item() for t in torch.arange(3)]))
w = torch.tensor([1.0, 2.0], requires_grad=True)
y = (w ** 2).sum()
y.backward()
print(w.detach().numpy(), w.grad.numpy(), y.item(), w.grad.numpy().tolist(), w.detach().numpy() + 1)
x_train = np.array([[3.3], [4.4], [5.5]], dtype=np.float32)
inputs = torch.from_numpy(x_train)
print(inputs, inputs.dtype, torch.from_numpy(np.linspace(0, 1, 3)).float().unsqueeze(1).shape)
print(torch.from_numpy(x_train.T.copy()), torch.from_numpy(x_train[::-1].copy())[0])
labels = torch.from_numpy(np.array([1, 0, 2]))
print(labels, labels.dtype, torch.nn.functional.one_hot(labels).numpy())
print((labels.numpy() == np.array([1, 1, 2])).mean(), np.argmax(torch.eye(3).numpy(), axis=1))
print(torch.eye(2)[np.array([1, 0])], x[np.array([True, False])])
losses = []
for i in range(4):
    losses.append(torch.tensor(1.0 / (i + 1)).item())
print(np.array(losses).round(4), np.mean(losses).round(4), np.min(losses), np.argmin(losses), np.round(losses[-1], 2))
print(torch.tensor([1.0, 2.0]) * 2.0, torch.tensor([1, 2]) + np.int64(1))
print(torch.tensor([1.0]) * np.float64(3), torch.stack([torch.from_numpy(r) for r in np.eye(2)]).dtype)
print(torch.tensor(np.array([[1, 2], [3, 4]])).numpy().T)
print(np.transpose(torch.zeros(3, 4, 5).numpy(), (1, 2, 0)).shape)
for bad in [
    lambda: torch.from_numpy([1]), lambda: w.numpy(), lambda: torch.tensor(["a"]),
    lambda: torch.from_numpy(np.array(["a"])),
]:
    try:
        bad()
    except (TypeError, RuntimeError, ValueError) as e:
        print(type(e).__name__ + ":", e)
