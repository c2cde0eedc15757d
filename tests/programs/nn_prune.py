# Pruning, as its tutorial does it.
import torch
import torch.nn.functional as F
import torch.nn.utils.prune as prune
from torch import nn

torch.manual_seed(0)
module = nn.Conv2d(1, 3, 3)
prune.random_unstructured(module, name="weight", amount=0.3)
print([name for name, _ in module.named_parameters()])
print([(name, tuple(b.shape), int(b.sum())) for name, b in module.named_buffers()])
print(type(module.weight).__name__, module.weight.requires_grad)
print(torch.equal(module.weight, module.weight_orig * module.weight_mask))
prune.l1_unstructured(module, name="bias", amount=1)
print(module.bias, len(module._forward_pre_hooks))
prune.ln_structured(module, name="weight", amount=0.5, n=2, dim=0)
print(module.weight_mask.sum((1, 2, 3)) > 0)
for hook in module._forward_pre_hooks.values():
    if hook._tensor_name == "weight":
        break
print([type(one).__name__ for one in hook], len(hook), type(hook[1]).__name__)
print(module.state_dict().keys())
out = module(torch.ones(1, 1, 4, 4))
out.sum().backward()
print(module.weight_orig.grad.shape, bool((module.weight_orig.grad[module.weight_mask == 0] == 0).all()))
prune.remove(module, "weight")
print([name for name, _ in module.named_parameters()], [name for name, _ in module.named_buffers()])
print(type(module.weight).__name__, prune.is_pruned(module), prune.is_pruned(nn.Linear(1, 1)))
print(module)

linear = nn.Linear(4, 3)
with torch.no_grad():
    linear.weight.copy_(torch.tensor([[1.0, -2, 3, -4], [5, -6, 7, -8], [-9, 10, -11, 12]]))
prune.l1_unstructured(linear, "weight", amount=4)
print(linear.weight_mask)
prune.l1_unstructured(linear, "weight", amount=0.5)
print(linear.weight_mask)
print(linear.weight)
prune.remove(linear, "weight")
print(linear.weight)
prune.ln_structured(linear, "weight", amount=1, n=1, dim=1)
print(linear.weight_mask)
prune.random_structured(linear, "weight", amount=1, dim=0)
print(linear.weight_mask.sum().item())
prune.identity(linear, "bias")
print(linear.bias_mask)


class EveryOther(prune.BasePruningMethod):
    PRUNING_TYPE = "unstructured"

    def compute_mask(self, t, default_mask):
        mask = default_mask.clone()
        mask.view(-1)[::2] = 0
        return mask


def every_other(module, name):
    EveryOther.apply(module, name)
    return module


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.fc1 = nn.Linear(6 * 4 * 4, 10)
        self.fc2 = nn.Linear(10, 4)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        return self.fc2(F.relu(self.fc1(x.flatten(1))))


model = LeNet()
every_other(model.fc2, "bias")
print(model.fc2.bias_mask)
for name, part in model.named_modules():
    if isinstance(part, nn.Conv2d):
        prune.l1_unstructured(part, name="weight", amount=0.2)
    elif isinstance(part, nn.Linear):
        prune.l1_unstructured(part, name="weight", amount=0.4)
print(dict(model.named_buffers()).keys())
print([round(100 * float((p.weight == 0).sum()) / p.weight.nelement(), 2) for p in (model.conv1, model.fc1, model.fc2)])

model = LeNet()
parameters_to_prune = ((model.conv1, "weight"), (model.fc1, "weight"), (model.fc2, "weight"))
prune.global_unstructured(parameters_to_prune, pruning_method=prune.L1Unstructured, amount=0.2)
zeros = [int((part.weight == 0).sum()) for part, _ in parameters_to_prune]
print(sum(zeros), sum(part.weight.nelement() for part, _ in parameters_to_prune))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
before = model.fc1.weight.detach().clone()
model(torch.randn(2, 1, 12, 12)).sum().backward()
optimizer.step()
model(torch.randn(2, 1, 12, 12))
print(torch.equal(before, model.fc1.weight), [int((part.weight == 0).sum()) for part, _ in parameters_to_prune] == zeros)
print(prune.L1Unstructured(amount=2).prune(torch.tensor([3.0, -1.0, 2.0])))
for bad in (lambda: prune.l1_unstructured(nn.Linear(1, 2), "weight", amount=5), lambda: prune.L1Unstructured(amount=-1),
            lambda: prune.L1Unstructured(amount=1.5), lambda: prune.L1Unstructured(amount="a"), lambda: prune.remove(nn.Linear(1, 2), "weight")):
    try:
        bad()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
