

def _line(n, corners, like):
    # From -1 to 1: the middles of n pixels, or from corner to corner.
    if n == 1:
        return torch.zeros(1, dtype=like.dtype, device=like.device)
    x = torch.linspace(-1, 1, n, dtype=like.dtype, device=like.device)
    return x if corners else x * (n - 1) / n


def affine_grid(theta, size, align_corners=None):
    if not theta.is_floating_point():
        raise ValueError("Expected theta to have floating point type, but got %s" % theta.dtype)
    if len(size) != 4:
        raise NotImplementedError("affine_grid only supports 4D and 5D sizes, for 2D and 3D affine transforms, respectively. Got size %s." % (size,))
    if theta.dim() != 3 or tuple(theta.shape[1:]) != (2, 3):
        raise ValueError("Expected a batch of 2D affine matrices of shape Nx2x3 for size %s. Got %s." % (size, theta.shape))
    n, _, h, w = size
    x, y = _line(w, align_corners, theta), _line(h, align_corners, theta)
    x, y = x.expand(h, w), y.unsqueeze(1).expand(h, w)
    places = torch.stack([x, y, torch.ones_like(x)], -1).view(1, h * w, 3)
    return torch.matmul(places, theta.transpose(1, 2)).view(n, h, w, 2)


def _on_image(x, n, padding_mode, corners):
    # From -1 … 1 to places of pixels, those outside moved into the image unless zeros are there.
    x = (x + 1) / 2 * (n - 1) if corners else ((x + 1) * n - 1) / 2
    if padding_mode == "reflection":
        low, span = (0, n - 1) if corners else (-0.5, n)
        if span == 0:
            return x * 0
        x = x - low
        x = torch.where(x < 0, -x, x)
        turns = (x.detach() / span).floor()
        x = x - turns * span
        x = torch.where(turns % 2 == 0, x, span - x) + low
    if padding_mode != "zeros":
        x = torch.where((x > 0) & (x < n - 1), x, x.detach().clamp(0, n - 1))
    return x


def grid_sample(input, grid, mode="bilinear", padding_mode="zeros", align_corners=None):
    if mode not in ("bilinear", "nearest", "bicubic"):
        raise ValueError("nn.functional.grid_sample(): expected mode to be 'bilinear', 'nearest' or 'bicubic', but got: '%s'" % mode)
    if padding_mode not in ("zeros", "border", "reflection"):
        raise ValueError("nn.functional.grid_sample(): expected padding_mode to be 'zeros', 'border', or 'reflection', but got: '%s'" % padding_mode)
    if mode == "bicubic" or input.dim() == 5:
        raise NotImplementedError("grid_sample with mode='bicubic' or of volumes is not part of Seegrad")
    if input.size(0) != grid.size(0):
        raise RuntimeError("grid_sampler(): expected grid and input to have same batch size, but got input with sizes %s and grid with sizes %s" % (list(input.shape), list(grid.shape)))
    if grid.size(-1) != input.dim() - 2:
        raise RuntimeError("grid_sampler(): expected grid to have size %d in last dimension, but got grid with sizes %s" % (input.dim() - 2, list(grid.shape)))
    n, c, h, w = input.shape
    high, wide = grid.shape[1:3]
    x = _on_image(grid[..., 0], w, padding_mode, align_corners)
    y = _on_image(grid[..., 1], h, padding_mode, align_corners)
    flat = input.flatten(2)

    def at(x, y, weight):
        inside = (x >= 0) & (x < w) & (y >= 0) & (y < h)
        place = torch.where(inside, y * w + x, torch.zeros_like(x)).long()
        found = flat.gather(2, place.view(n, 1, -1).expand(n, c, -1)).view(n, c, high, wide)
        return found * (weight * inside).unsqueeze(1)

    if mode == "nearest":
        x, y = x.round(), y.round()
        # A grid has a gradient, of zeros.
        return at(x.detach(), y.detach(), 1 + (x - x.detach()) + (y - y.detach()))
    left, top = x.detach().floor(), y.detach().floor()
    x, y = x - left, y - top
    return at(left, top, (1 - x) * (1 - y)) + at(left + 1, top, x * (1 - y)) + at(left, top + 1, (1 - x) * y) + at(left + 1, top + 1, x * y)


def conv_transpose1d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1):
    stride, padding, output_padding, dilation = [
        (least, *n) if isinstance(n, (tuple, list)) else (least, n) for least, n in ((1, stride), (0, padding), (0, output_padding), (1, dilation))
    ]
    return conv_transpose2d(input.unsqueeze(-2), weight.unsqueeze(-2), bias, stride, padding, output_padding, groups, dilation).squeeze(-2)


def fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1):
    size, kernel, dilation, padding, stride = [
        tuple(n) if isinstance(n, (tuple, list)) else (n, n) for n in (output_size, kernel_size, dilation, padding, stride)
    ]
    if input.dim() == 2:
        return fold(input.unsqueeze(0), size, kernel, dilation, padding, stride).squeeze(0)
    n, c, count = input.shape
    if c % (kernel[0] * kernel[1]) != 0:
        raise RuntimeError("Expected size of input's dimension 1 to be divisible by the product of kernel_size, but got input.size(1)=%d and kernel_size=%s." % (c, kernel))
    h, w = size[0] + 2 * padding[0], size[1] + 2 * padding[1]
    down, across = [(whole - d * (k - 1) - 1) // s + 1 for whole, d, k, s in zip((h, w), dilation, kernel, stride)]
    if count != down * across:
        raise RuntimeError(
            "Given output_size=%s, kernel_size=%s, dilation=%s, padding=%s, stride=%s, expected size of input's dimension 2 to match the calculated number of sliding blocks %d * %d = %d, but got input.size(2)=%d."
            % (size, kernel, dilation, padding, stride, down, across, down * across, count)
        )
    c //= kernel[0] * kernel[1]
    # Where each element goes, by the function that this one turns round.
    places = torch.arange(h * w, dtype=torch.float32, device=input.device).view(1, 1, h, w)
    places = unfold(places, kernel, dilation, 0, stride).long().view(1, 1, -1).expand(n, c, -1)
    sums = torch.zeros(n, c, h * w, dtype=input.dtype, device=input.device).scatter_add(2, places, input.reshape(n, c, -1))
    return sums.view(n, c, h, w)[:, :, padding[0]:h - padding[0], padding[1]:w - padding[1]]


def pixel_unshuffle(input, downscale_factor):
    r = downscale_factor
    *front, c, h, w = input.shape
    for name, dim in (("height", -2), ("width", -1)):
        if input.size(dim) % r != 0:
            raise RuntimeError("pixel_unshuffle expects %s to be divisible by downscale_factor, but input.size(%d)=%d is not divisible by %d" % (name, dim, input.size(dim), r))
    parted = input.reshape(-1, c, h // r, r, w // r, r).permute(0, 1, 3, 5, 2, 4)
    return parted.reshape(*front, c * r * r, h // r, w // r)


def local_response_norm(input, size, alpha=1e-4, beta=0.75, k=1.0):
    if input.dim() < 3:
        raise ValueError("Expected 3D or higher dimensionality                          input (got %d dimensions)" % input.dim())
    if input.numel() == 0:
        return input
    squares = pad((input * input).movedim(1, -1), (size // 2, (size - 1) // 2))
    return input / (squares.unfold(-1, size, 1).mean(-1).movedim(-1, 1) * alpha + k) ** beta
