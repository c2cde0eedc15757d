import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)


def show(name, t):
    print(name, tuple(t.shape), [round(v, 3) + 0.0 for v in t.detach().flatten().tolist()][:12])


# Convolutions turned round, of one dimension.
print(nn.ConvTranspose1d(4, 2, 3), nn.ConvTranspose1d(4, 6, 5, stride=2, padding=1, output_padding=1, groups=2, dilation=2, bias=False))
for options in ({}, {"stride": 2, "padding": 1, "output_padding": 1}, {"groups": 2, "dilation": 2}):
    layer = nn.ConvTranspose1d(4, 2, 3, **options)
    x = torch.randn(2, 4, 5, requires_grad=True)
    out = layer(x)
    out.pow(2).sum().backward()
    show("out", out)
    show("x", x.grad)
    show("weight", layer.weight.grad)
    show("bias", layer.bias.grad)
show("unbatched", F.conv_transpose1d(torch.ones(4, 3), torch.ones(4, 2, 2), stride=(2,)))
print(nn.ConvTranspose1d(4, 2, 3, stride=2)(torch.zeros(1, 4, 5), output_size=[12]).shape, nn.LazyConvTranspose1d(2, 3)(torch.zeros(1, 4, 5)).shape)

# Windows of images, and back.
x = torch.arange(40.0).reshape(1, 2, 4, 5).requires_grad_()
for options in ({"kernel_size": 2}, {"kernel_size": (2, 3), "stride": 2, "padding": 1}, {"kernel_size": 2, "dilation": (1, 2), "stride": (2, 1)}):
    columns = F.unfold(x, **options)
    back = nn.Fold((4, 5), **options)(columns)
    print(nn.Fold((4, 5), **options), columns.shape)
    show("back", back)
    x.grad = None
    (back * torch.arange(40.0).reshape(1, 2, 4, 5)).sum().backward()
    show("x", x.grad)
show("unbatched", F.fold(torch.ones(4, 6), (3, 4), 2))

# Channels out of places, and what is around in other channels.
print(nn.PixelUnshuffle(2), nn.PixelShuffle(3))
x = torch.arange(32.0).reshape(1, 2, 4, 4)
show("unshuffled", nn.PixelUnshuffle(2)(x))
print(torch.equal(F.pixel_shuffle(F.pixel_unshuffle(x, 2), 2), x), F.pixel_unshuffle(x[0], 4).shape)
for size in (2, 3):
    layer = nn.LocalResponseNorm(size, alpha=0.1, k=2.0)
    x = torch.randn(2, 4, 3, 3, requires_grad=True)
    layer(x).pow(2).sum().backward()
    print(layer)
    show("out", layer(x))
    show("x", x.grad)
print(nn.LocalResponseNorm(5))
show("of rows", F.local_response_norm(torch.arange(12.0).reshape(1, 4, 3), 2))

for call in (
    lambda: F.fold(torch.zeros(1, 12, 5), (4, 5), (2, 2)),
    lambda: F.fold(torch.zeros(1, 13, 5), (4, 5), (2, 2)),
    lambda: F.pixel_unshuffle(torch.zeros(1, 1, 3, 3), 2),
    lambda: F.local_response_norm(torch.zeros(1, 1), 2),
    lambda: nn.ConvTranspose1d(1, 1, 2, padding_mode="reflect"),
):
    try:
        call()
    except (ValueError, RuntimeError) as error:
        print(type(error).__name__, error)
