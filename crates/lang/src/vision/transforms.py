# `torchvision.transforms`.

import math
import random

import torch
import torch.nn.functional as F
from PIL.Image import Image as _Image


class InterpolationMode:
    NEAREST = "nearest"
    BILINEAR = "bilinear"


def to_tensor(pic):
    if isinstance(pic, _Image):
        return _image_bytes(pic).contiguous().float().div(255)
    if hasattr(pic, "__array__") and not isinstance(pic, torch.Tensor):
        t = torch.as_tensor(pic)
        t = t.unsqueeze(-1) if t.dim() == 2 else t
        if t.dim() != 3:
            raise ValueError("pic should be 2/3 dimensional. Got %d dimensions." % t.dim())
        t = t.permute(2, 0, 1).contiguous()
        return t.float().div(255) if t.dtype == torch.uint8 else t
    raise TypeError("pic should be PIL Image or ndarray. Got %s" % type(pic))


def to_pil_image(pic, mode=None):
    t = pic if isinstance(pic, torch.Tensor) else torch.as_tensor(pic).permute(2, 0, 1)
    return _image_of(t.mul(255).byte() if t.is_floating_point() else t.byte())


def _as_stats(values, like):
    t = torch.as_tensor(values, dtype=like.dtype, device=like.device)
    return t.view(-1, 1, 1) if t.dim() == 1 else t


def normalize(tensor, mean, std, inplace=False):
    if not isinstance(tensor, torch.Tensor):
        raise TypeError("Input tensor should be a torch tensor. Got %s." % type(tensor))
    if not tensor.is_floating_point():
        raise TypeError("Input tensor should be a float tensor. Got %s." % tensor.dtype)
    if tensor.dim() < 3:
        raise ValueError("Expected tensor to be a tensor image of size (..., C, H, W). Got tensor.size() = %s." % (tensor.size(),))
    tensor = tensor if inplace else tensor.clone()
    std = _as_stats(std, tensor)
    if (std == 0).any():
        raise ValueError("std evaluated to zero after conversion to %s, leading to division by zero." % tensor.dtype)
    return tensor.sub_(_as_stats(mean, tensor)).div_(std)


def _sides(image):
    if isinstance(image, _Image):
        return image.height, image.width
    return image.shape[-2], image.shape[-1]


def _on_tensor(image, f):
    # Applies a function of tensors to a tensor or to an image.
    if isinstance(image, _Image):
        return _image_of(f(_image_bytes(image)))
    return f(image)


def resize(img, size, interpolation="bilinear", max_size=None, antialias=None):
    height, width = _sides(img)
    if isinstance(size, (list, tuple)) and len(size) == 1:
        size = size[0]
    if isinstance(size, int):
        short, long = min(height, width), max(height, width)
        other = int(size * long / short)
        size = (size, other) if height <= width else (other, size)
    if (height, width) == tuple(size):
        return img
    nearest = interpolation in (0, "nearest")
    if isinstance(img, _Image):
        return img.resize((size[1], size[0]), 0 if nearest else 2)
    if antialias:
        raise NotImplementedError("resize of tensors with antialias is not part of Seegrad")
    batch = img if img.dim() == 4 else img.unsqueeze(0)
    out = F.interpolate(batch.float(), size=tuple(size), mode="nearest" if nearest else "bilinear", align_corners=None if nearest else False)
    out = out if img.dim() == 4 else out.squeeze(0)
    return out if img.is_floating_point() else out.round().to(img.dtype)


def _margins(padding):
    # Left, top, right, bottom.
    if isinstance(padding, int):
        return [padding] * 4
    padding = list(padding)
    return padding * (4 // len(padding))


def pad(img, padding, fill=0, padding_mode="constant"):
    left, top, right, bottom = _margins(padding)

    def add(t):
        mode = {"edge": "replicate"}.get(padding_mode, padding_mode)
        out = F.pad(t.float(), (left, right, top, bottom), mode, fill if mode == "constant" else None)
        return out.to(t.dtype)

    return _on_tensor(img, add)


def _crop(img, top, left, height, width):
    return _on_tensor(img, lambda t: t[..., top:top + height, left:left + width])


def center_crop(img, output_size):
    size = (output_size, output_size) if isinstance(output_size, int) else tuple(output_size)
    height, width = _sides(img)
    if size[0] > height or size[1] > width:
        more_w, more_h = max(size[1] - width, 0), max(size[0] - height, 0)
        img = pad(img, [more_w // 2, more_h // 2, (more_w + 1) // 2, (more_h + 1) // 2])
        height, width = _sides(img)
    return _crop(img, int(round((height - size[0]) / 2.0)), int(round((width - size[1]) / 2.0)), size[0], size[1])


def hflip(img):
    return _on_tensor(img, lambda t: t.flip(-1))


def vflip(img):
    return _on_tensor(img, lambda t: t.flip(-2))


class Compose:
    def __init__(self, transforms):
        self.transforms = transforms

    def __call__(self, img):
        for transform in self.transforms:
            img = transform(img)
        return img

    def __repr__(self):
        return "\n".join([type(self).__name__ + "("] + ["    %s" % t for t in self.transforms] + [")"])


class ToTensor:
    def __call__(self, pic):
        return to_tensor(pic)

    def __repr__(self):
        return type(self).__name__ + "()"


class PILToTensor(ToTensor):
    def __call__(self, pic):
        return _image_bytes(pic).contiguous()


class ToPILImage:
    def __init__(self, mode=None):
        self.mode = mode

    def __call__(self, pic):
        return to_pil_image(pic, self.mode)

    def __repr__(self):
        return type(self).__name__ + "()"


class Normalize(torch.nn.Module):
    def __init__(self, mean, std, inplace=False):
        super().__init__()
        self.mean = mean
        self.std = std
        self.inplace = inplace

    def forward(self, tensor):
        return normalize(tensor, self.mean, self.std, self.inplace)

    def __repr__(self):
        return "%s(mean=%s, std=%s)" % (type(self).__name__, self.mean, self.std)


class Lambda:
    def __init__(self, lambd):
        if not callable(lambd):
            raise TypeError("Argument lambd should be callable, got '%s'" % type(lambd).__name__)
        self.lambd = lambd

    def __call__(self, img):
        return self.lambd(img)

    def __repr__(self):
        return type(self).__name__ + "()"


class Resize(torch.nn.Module):
    def __init__(self, size, interpolation="bilinear", max_size=None, antialias=None):
        super().__init__()
        self.size = size
        self.interpolation = interpolation
        self.max_size = max_size
        self.antialias = antialias

    def forward(self, img):
        return resize(img, self.size, self.interpolation, self.max_size, self.antialias)

    def __repr__(self):
        return "Resize(size=%s, interpolation=%s, max_size=%s, antialias=%s)" % (self.size, self.interpolation, self.max_size, self.antialias)


class Pad(torch.nn.Module):
    def __init__(self, padding, fill=0, padding_mode="constant"):
        super().__init__()
        self.padding = padding
        self.fill = fill
        self.padding_mode = padding_mode

    def forward(self, img):
        return pad(img, self.padding, self.fill, self.padding_mode)

    def __repr__(self):
        return "Pad(padding=%s, fill=%s, padding_mode=%s)" % (self.padding, self.fill, self.padding_mode)


class CenterCrop(torch.nn.Module):
    def __init__(self, size):
        super().__init__()
        self.size = (size, size) if isinstance(size, int) else tuple(size)

    def forward(self, img):
        return center_crop(img, self.size)

    def __repr__(self):
        return "CenterCrop(size=%s)" % (self.size,)


class RandomCrop(torch.nn.Module):
    def __init__(self, size, padding=None, pad_if_needed=False, fill=0, padding_mode="constant"):
        super().__init__()
        self.size = (size, size) if isinstance(size, int) else tuple(size)
        self.padding = padding
        self.fill = fill
        self.padding_mode = padding_mode

    def forward(self, img):
        if self.padding is not None:
            img = pad(img, self.padding, self.fill, self.padding_mode)
        (height, width), (h, w) = _sides(img), self.size
        if height < h or width < w:
            raise ValueError("Required crop size %s is larger than input image size %s" % ((h, w), (height, width)))
        if (height, width) == (h, w):
            return img
        top = torch.randint(0, height - h + 1, size=(1,)).item()
        left = torch.randint(0, width - w + 1, size=(1,)).item()
        return _crop(img, top, left, h, w)

    def __repr__(self):
        return "RandomCrop(size=%s, padding=%s)" % (self.size, self.padding)


class RandomHorizontalFlip(torch.nn.Module):
    def __init__(self, p=0.5):
        super().__init__()
        self.p = p

    def forward(self, img):
        return hflip(img) if torch.rand(1) < self.p else img

    def __repr__(self):
        return "%s(p=%s)" % (type(self).__name__, self.p)


class RandomVerticalFlip(RandomHorizontalFlip):
    def forward(self, img):
        return vflip(img) if torch.rand(1) < self.p else img


class Grayscale(torch.nn.Module):
    def __init__(self, num_output_channels=1):
        super().__init__()
        self.num_output_channels = num_output_channels

    def forward(self, img):
        if isinstance(img, _Image):
            grey = img.convert("L")
            return grey.convert("RGB") if self.num_output_channels == 3 else grey
        if img.shape[-3] == 3:
            r, g, b = img.unbind(-3)
            img = (0.2989 * r + 0.587 * g + 0.114 * b).to(img.dtype).unsqueeze(-3)
        return img.repeat(3, 1, 1) if self.num_output_channels == 3 else img

    def __repr__(self):
        return "Grayscale(num_output_channels=%d)" % self.num_output_channels


def _standard(transform):
    # The numbers of the usual transforms of grey images: none of `ToTensor`, mean and deviation of `Normalize` behind it. None for
    # any other transform.
    steps = transform.transforms if type(transform) is Compose else [transform]
    if not steps or type(steps[0]) is not ToTensor:
        return None
    if len(steps) == 1:
        return ()
    if len(steps) > 2 or type(steps[1]) is not Normalize:
        return None
    mean, std = steps[1].mean, steps[1].std
    plain = all(isinstance(x, (list, tuple)) and len(x) == 1 and isinstance(x[0], (int, float)) for x in (mean, std))
    if not plain or std[0] == 0:
        return None
    return (float(mean[0]), float(std[0]))
