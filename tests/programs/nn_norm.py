# BatchNorm, LayerNorm, GroupNorm: training, running statistics, evaluation.
import torch
import torch.nn as nn
import torch.nn.functional as F

x = torch.tensor([[1., 10.], [4., 20.], [5., 60.]])
bn = nn.BatchNorm1d(2)
print(bn(x))
print(bn.running_mean, bn.running_var, bn.num_batches_tracked, bn.weight, bn.bias)
bn(x)
print(bn.running_mean, bn.running_var, bn.num_batches_tracked)
bn.eval()
print(bn(x))
print(list(bn.state_dict()), [n for n, _ in bn.named_parameters()], [n for n, _ in bn.named_buffers()])
bn.train()
y = bn(x)
print(y.mean(0).abs().max() < 1e-5, y.std(0, unbiased=False).round())
(y * torch.tensor([[1.], [0.], [2.]])).sum().backward()
print(bn.weight.grad, bn.bias.grad)
image = torch.arange(32.).view(2, 2, 2, 4)
b2 = nn.BatchNorm2d(2, momentum=0.5)
out = b2(image)
print(out.shape, out[0, 0, 0], b2.running_mean, b2.running_var)
plain = nn.BatchNorm2d(2, affine=False, track_running_stats=False)
print(plain(image)[1, 1, 1], plain.running_mean, list(plain.parameters()))
ln = nn.LayerNorm(4)
print(ln(image)[0, 0], F.layer_norm(x, (2,)), ln.weight.shape, nn.LayerNorm([2, 4])(image).shape)
gn = nn.GroupNorm(1, 2)
print(gn(image)[0, 0, 0], nn.InstanceNorm2d(2)(image)[0, 0, 0])
momentum, eps = 0.1, 1e-5


def batch_norm(X, gamma, beta, moving_mean, moving_var, training):
    if not training:
        X_hat = (X - moving_mean) / torch.sqrt(moving_var + eps)
    else:
        assert len(X.shape) in (2, 4)
        dims = (0,) if len(X.shape) == 2 else (0, 2, 3)
        mean = X.mean(dim=dims, keepdim=len(X.shape) == 4)
        var = ((X - mean) ** 2).mean(dim=dims, keepdim=len(X.shape) == 4)
        X_hat = (X - mean) / torch.sqrt(var + eps)
        moving_mean = (1 - momentum) * moving_mean + momentum * mean
        moving_var = (1 - momentum) * moving_var + momentum * var
    return gamma * X_hat + beta, moving_mean, moving_var


mine, mean, var = batch_norm(x, torch.ones(2), torch.zeros(2), torch.zeros(2), torch.ones(2), True)
print(torch.allclose(mine, nn.BatchNorm1d(2)(x), atol=1e-5), mean, var)
mine, _, _ = batch_norm(image, torch.ones(1, 2, 1, 1), torch.zeros(1, 2, 1, 1), torch.zeros(1, 2, 1, 1), torch.ones(1, 2, 1, 1), True)
print(torch.allclose(mine, nn.BatchNorm2d(2)(image), atol=1e-5))
try:
    nn.BatchNorm1d(2)(x[:1])
except ValueError as e:
    print("ValueError:", e)
try:
    nn.BatchNorm2d(2)(x)
except ValueError as e:
    print("ValueError:", e)
