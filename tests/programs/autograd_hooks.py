# Hooks on tensors and on modules, and what they may change.
import torch
import torch.nn as nn

seen = []
x = torch.tensor([1., 2.], requires_grad=True)
y = x * 3
handle = y.register_hook(lambda g: seen.append(g.clone()))
y.register_hook(lambda g: g * 10)
y.sum().backward()
print(seen, x.grad)
handle.remove()
x.grad = None
(x * 3).sum().backward()
print(len(seen), x.grad)
x.grad = None
h = x.register_hook(lambda g: g.clamp(max=1))
(x * torch.tensor([0.5, 4.])).sum().backward()
print(x.grad)
h.remove()

grads = {}


def save_grad(name):
    def hook(grad):
        grads[name] = grad

    return hook


x.grad = None
y = x ** 2
z = y.mean()
y.register_hook(save_grad("y"))
z.register_hook(save_grad("z"))
z.backward()
print(grads["y"], grads["z"])

torch.manual_seed(0)
net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
activations = {}


def keep(name):
    def hook(module, inputs, output):
        activations[name] = output.detach()
        print("forward", name, type(module).__name__, tuple(inputs[0].shape), tuple(output.shape))

    return hook


handles = [layer.register_forward_hook(keep("layer%d" % i)) for i, layer in enumerate(net)]
out = net(torch.tensor([[1., -1.], [0.5, 2.]]))
print(sorted(activations), activations["layer1"].ge(0).all())
for h in handles:
    h.remove()


def on_backward(module, grad_input, grad_output):
    print("backward", module, [None if g is None else tuple(g.shape) for g in grad_input])
    print([tuple(g.shape) for g in grad_output])


net[2].register_full_backward_hook(on_backward)
net[0].register_full_backward_hook(on_backward)
net(torch.ones(2, 2)).sum().backward()


def double_input(module, inputs):
    return (inputs[0] * 2,)


lin = nn.Linear(1, 1, bias=False)
lin.weight.data.fill_(3)
print(lin(torch.ones(1, 1)))
pre = lin.register_forward_pre_hook(double_input)
post = lin.register_forward_hook(lambda m, i, o: o + 100)
print(lin(torch.ones(1, 1)))
pre.remove()
post.remove()
print(lin(torch.ones(1, 1)).item(), net[0].weight.grad.shape, net[2].bias.grad)
