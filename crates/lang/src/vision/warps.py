

# Images that are turned, moved and stretched.


def _warp(img, matrix, fill):
    # Each place gets what is where the matrix leads from its middle; `fill`, if that is outside. As PIL does, in 1/65536 of a pixel.
    a, b, c, d, e, f = matrix
    a, b, c, d, e, f = [math.floor(v * 65536 + 0.5) for v in (a, b, c + a * 0.5 + b * 0.5, d, e, f + d * 0.5 + e * 0.5)]

    def apply(t):
        height, width = t.shape[-2:]
        y, x = torch.arange(height).view(-1, 1), torch.arange(width).view(1, -1)
        from_x, from_y = (a * x + b * y + c) // 65536, (d * x + e * y + f) // 65536
        inside = (from_x >= 0) & (from_x < width) & (from_y >= 0) & (from_y < height)
        found = t[..., from_y.clamp(0, height - 1), from_x.clamp(0, width - 1)]
        return torch.where(inside, found, torch.full_like(found, fill))

    return _on_tensor(img, apply)


def rotate(img, angle, interpolation="nearest", expand=False, center=None, fill=0):
    if expand:
        raise NotImplementedError("rotate with expand=True is not part of Seegrad")
    height, width = _sides(img)
    cx, cy = (width / 2, height / 2) if center is None else center
    turn = -math.radians(angle % 360.0)
    cos, sin = round(math.cos(turn), 15), round(math.sin(turn), 15)
    return _warp(img, (cos, sin, cx - cos * cx - sin * cy, -sin, cos, cy + sin * cx - cos * cy), 0 if fill is None else fill)


def affine(img, angle, translate, scale, shear, interpolation="nearest", fill=0, center=None):
    height, width = _sides(img)
    cx, cy = (width * 0.5, height * 0.5) if center is None else center
    shear = [shear, 0.0] if isinstance(shear, (int, float)) else list(shear)
    turn, sx, sy = math.radians(angle), math.radians(shear[0]), math.radians(shear[1])
    a = math.cos(turn - sy) / math.cos(sy)
    b = -math.cos(turn - sy) * math.tan(sx) / math.cos(sy) - math.sin(turn)
    c = math.sin(turn - sy) / math.cos(sy)
    d = -math.sin(turn - sy) * math.tan(sx) / math.cos(sy) + math.cos(turn)
    # The inverse, around the center.
    a, b, c, d = d / scale, -b / scale, -c / scale, a / scale
    dx, dy = -cx - translate[0], -cy - translate[1]
    return _warp(img, (a, b, cx + a * dx + b * dy, c, d, cy + c * dx + d * dy), 0 if fill is None else fill)


def _range(value, name):
    if isinstance(value, (int, float)):
        if value < 0:
            raise ValueError("If %s is a single number, it must be positive." % name)
        return [-float(value), float(value)]
    return [float(v) for v in value]


def _drawn(low, high):
    return float(torch.empty(1).uniform_(float(low), float(high)).item())


class RandomRotation(torch.nn.Module):
    def __init__(self, degrees, interpolation="nearest", expand=False, center=None, fill=0):
        super().__init__()
        self.degrees = _range(degrees, "degrees")
        self.interpolation = interpolation
        self.expand = expand
        self.center = center
        self.fill = fill

    def forward(self, img):
        return rotate(img, _drawn(*self.degrees), self.interpolation, self.expand, self.center, self.fill)

    def __repr__(self):
        return "RandomRotation(degrees=%s, interpolation=%s, expand=%s, fill=%s)" % (self.degrees, self.interpolation, self.expand, self.fill)


class RandomAffine(torch.nn.Module):
    def __init__(self, degrees, translate=None, scale=None, shear=None, interpolation="nearest", fill=0, center=None):
        super().__init__()
        self.degrees = _range(degrees, "degrees")
        if translate is not None and not all(0.0 <= t <= 1.0 for t in translate):
            raise ValueError("translation values should be between 0 and 1")
        if scale is not None and not all(s > 0 for s in scale):
            raise ValueError("scale values should be positive")
        self.translate = translate
        self.scale = scale
        self.shear = None if shear is None else _range(shear, "shear")
        self.interpolation = interpolation
        self.fill = fill
        self.center = center

    @staticmethod
    def get_params(degrees, translate, scale_ranges, shears, img_size):
        angle = _drawn(*degrees)
        moved = (0, 0)
        if translate is not None:
            dx, dy = float(translate[0] * img_size[0]), float(translate[1] * img_size[1])
            tx = int(round(_drawn(-dx, dx)))
            moved = (tx, int(round(_drawn(-dy, dy))))
        scale = 1.0 if scale_ranges is None else _drawn(*scale_ranges)
        sx = sy = 0.0
        if shears is not None:
            sx = _drawn(shears[0], shears[1])
            if len(shears) == 4:
                sy = _drawn(shears[2], shears[3])
        return angle, moved, scale, (sx, sy)

    def forward(self, img):
        height, width = _sides(img)
        drawn = self.get_params(self.degrees, self.translate, self.scale, self.shear, [width, height])
        return affine(img, *drawn, interpolation=self.interpolation, fill=self.fill, center=self.center)

    def __repr__(self):
        parts = ["degrees=%s" % self.degrees]
        for name in ("translate", "scale", "shear"):
            if getattr(self, name) is not None:
                parts.append("%s=%s" % (name, getattr(self, name)))
        return "RandomAffine(" + ", ".join(parts) + ")"


class RandomApply(torch.nn.Module):
    def __init__(self, transforms, p=0.5):
        super().__init__()
        self.transforms = transforms
        self.p = p

    def forward(self, img):
        if self.p < torch.rand(1):
            return img
        for transform in self.transforms:
            img = transform(img)
        return img

    def __repr__(self):
        return "\n".join(["RandomApply(", "    p=%s" % self.p] + ["    %s" % t for t in self.transforms] + [")"])
