

# Colours that are changed, parts that are cut out, and transforms that are chosen by chance.


def rgb_to_grayscale(img, num_output_channels=1):
    return Grayscale(num_output_channels)(img)


def _blend(img, other, ratio):
    def mix(t):
        high = 1.0 if t.is_floating_point() else 255.0
        return (ratio * t + (1.0 - ratio) * other).clamp(0, high).to(t.dtype)

    return _on_tensor(img, mix)


def _grey(img):
    grey = rgb_to_grayscale(img)
    return _image_bytes(grey) if isinstance(grey, _Image) else grey


def _is_grey(img):
    return img.mode == "L" if isinstance(img, _Image) else img.shape[-3] == 1


def adjust_brightness(img, brightness_factor):
    if brightness_factor < 0:
        raise ValueError("brightness_factor (%s) is not non-negative." % brightness_factor)
    return _blend(img, 0.0, brightness_factor)


def adjust_contrast(img, contrast_factor):
    if contrast_factor < 0:
        raise ValueError("contrast_factor (%s) is not non-negative." % contrast_factor)
    mean = _grey(img).float().mean((-3, -2, -1), keepdim=True)
    return _blend(img, (mean + 0.5).floor() if isinstance(img, _Image) else mean, contrast_factor)


def adjust_saturation(img, saturation_factor):
    if saturation_factor < 0:
        raise ValueError("saturation_factor (%s) is not non-negative." % saturation_factor)
    return img if _is_grey(img) else _blend(img, _grey(img), saturation_factor)


def adjust_hue(img, hue_factor):
    if not -0.5 <= hue_factor <= 0.5:
        raise ValueError("hue_factor (%s) is not in [-0.5, 0.5]." % hue_factor)

    def turn(t):
        x = t if t.is_floating_point() else t / 255
        r, g, b = x.unbind(-3)
        high = x.amax(-3)
        span = high - x.amin(-3)
        some = torch.where(span == 0, torch.ones_like(span), span)
        hue = torch.where(high == r, (g - b) / some, torch.where(high == g, 2 + (b - r) / some, 4 + (r - g) / some))
        places = [(hue + 6 * hue_factor + n) % 6 for n in (5, 3, 1)]
        out = torch.stack([high - span * torch.minimum(k, 4 - k).clamp(0, 1) for k in places], -3)
        return out if t.is_floating_point() else (out * 255.999).to(t.dtype)

    return img if _is_grey(img) else _on_tensor(img, turn)


def _around(value, name, center, low, high):
    if isinstance(value, (int, float)):
        if value < 0:
            raise ValueError("If %s is a single number, it must be non negative." % name)
        value = [center - float(value), center + float(value)]
        if center == 1:
            value[0] = max(value[0], 0.0)
    value = [float(v) for v in value]
    if not low <= value[0] <= value[1] <= high:
        raise ValueError("%s values should be between %s, but got %s." % (name, (low, high), value))
    return None if value[0] == value[1] == center else value


class ColorJitter(torch.nn.Module):
    def __init__(self, brightness=0, contrast=0, saturation=0, hue=0):
        super().__init__()
        self.brightness = _around(brightness, "brightness", 1, 0, math.inf)
        self.contrast = _around(contrast, "contrast", 1, 0, math.inf)
        self.saturation = _around(saturation, "saturation", 1, 0, math.inf)
        self.hue = _around(hue, "hue", 0, -0.5, 0.5)

    @staticmethod
    def get_params(brightness, contrast, saturation, hue):
        order = torch.randperm(4)
        return (order, *[None if ends is None else _drawn(*ends) for ends in (brightness, contrast, saturation, hue)])

    def forward(self, img):
        order, *factors = self.get_params(self.brightness, self.contrast, self.saturation, self.hue)
        for i in order.tolist():
            if factors[i] is not None:
                img = (adjust_brightness, adjust_contrast, adjust_saturation, adjust_hue)[i](img, factors[i])
        return img

    def __repr__(self):
        return "ColorJitter(brightness=%s, contrast=%s, saturation=%s, hue=%s)" % (self.brightness, self.contrast, self.saturation, self.hue)


class RandomGrayscale(RandomHorizontalFlip):
    def __init__(self, p=0.1):
        super().__init__(p)

    def forward(self, img):
        return rgb_to_grayscale(img, 1 if _is_grey(img) else 3) if torch.rand(1) < self.p else img


def _rectangle(area, scale, ratio):
    # The sides of a part of the area: what the ratio makes longer first.
    area *= _drawn(*scale)
    aspect = torch.exp(torch.empty(1).uniform_(*torch.log(torch.tensor(ratio)).tolist())).item()
    return int(round(math.sqrt(area * aspect))), int(round(math.sqrt(area / aspect)))


def _corner(height, width, h, w):
    top = torch.randint(0, height - h + 1, size=(1,)).item()
    return top, torch.randint(0, width - w + 1, size=(1,)).item()


def crop(img, top, left, height, width):
    return _crop(img, top, left, height, width)


def resized_crop(img, top, left, height, width, size, interpolation="bilinear"):
    return resize(_crop(img, top, left, height, width), size, interpolation)


class RandomResizedCrop(torch.nn.Module):
    def __init__(self, size, scale=(0.08, 1.0), ratio=(3.0 / 4.0, 4.0 / 3.0), interpolation="bilinear"):
        super().__init__()
        self.size = (size, size) if isinstance(size, int) else tuple(size)
        self.scale = scale
        self.ratio = ratio
        self.interpolation = interpolation

    @staticmethod
    def get_params(img, scale, ratio):
        height, width = _sides(img)
        for _ in range(10):
            w, h = _rectangle(height * width, scale, ratio)
            if 0 < w <= width and 0 < h <= height:
                return (*_corner(height, width, h, w), h, w)
        h, w = height, width
        if w / h < min(ratio):
            h = int(round(w / min(ratio)))
        elif w / h > max(ratio):
            w = int(round(h * max(ratio)))
        return (height - h) // 2, (width - w) // 2, h, w

    def forward(self, img):
        return resized_crop(img, *self.get_params(img, self.scale, self.ratio), self.size, self.interpolation)

    def __repr__(self):
        scale, ratio = [tuple([round(n, 4) for n in ends]) for ends in (self.scale, self.ratio)]
        return "RandomResizedCrop(size=%s, scale=%s, ratio=%s, interpolation=%s)" % (self.size, scale, ratio, self.interpolation)


def erase(img, i, j, h, w, v, inplace=False):
    img = img if inplace else img.clone()
    img[..., i:i + h, j:j + w] = v
    return img


class RandomErasing(torch.nn.Module):
    def __init__(self, p=0.5, scale=(0.02, 0.33), ratio=(0.3, 3.3), value=0, inplace=False):
        super().__init__()
        self.p = p
        self.scale = scale
        self.ratio = ratio
        self.value = value
        self.inplace = inplace

    @staticmethod
    def get_params(img, scale, ratio, value=None):
        c, height, width = img.shape[-3:]
        for _ in range(10):
            h, w = _rectangle(height * width, scale, ratio)
            if h < height and w < width:
                v = torch.empty([c, h, w]).normal_() if value is None else torch.tensor(value)[:, None, None]
                return (*_corner(height, width, h, w), h, w, v)
        return 0, 0, height, width, img

    def forward(self, img):
        if not torch.rand(1) < self.p:
            return img
        value = self.value
        if isinstance(value, (int, float)):
            value = [float(value)]
        value = None if value == "random" else list(value)
        if value is not None and len(value) not in (1, img.shape[-3]):
            raise ValueError("If value is a sequence, it should have either a single value or %d (number of input channels)" % img.shape[-3])
        return erase(img, *self.get_params(img, self.scale, self.ratio, value), self.inplace)

    def __repr__(self):
        return "RandomErasing(p=%s, scale=%s, ratio=%s, value=%s, inplace=%s)" % (self.p, self.scale, self.ratio, self.value, self.inplace)


class RandomOrder(Compose):
    def __call__(self, img):
        order = list(range(len(self.transforms)))
        random.shuffle(order)
        for i in order:
            img = self.transforms[i](img)
        return img


class RandomChoice(Compose):
    def __init__(self, transforms, p=None):
        super().__init__(transforms)
        self.p = p

    def __call__(self, *args):
        return random.choices(self.transforms, weights=self.p)[0](*args)

    def __repr__(self):
        return "%s(p=%s)" % (super().__repr__(), self.p)
