# `torchvision.datasets`.

import torch
import torch.utils.data as _data
from torchvision.transforms import _image_of, _standard


class VisionDataset(_data.Dataset):
    pass


class _Transforms:
    # How the transforms of a data set are printed.
    def __init__(self, transform, target_transform):
        self.transform = transform
        self.target_transform = target_transform

    def _lines(self, transform, head):
        lines = repr(transform).split("\n")
        return [head + lines[0]] + [" " * len(head) + line for line in lines[1:]]

    def __repr__(self):
        body = ["StandardTransform"]
        if self.transform is not None:
            body += self._lines(self.transform, "Transform: ")
        if self.target_transform is not None:
            body += self._lines(self.target_transform, "Target transform: ")
        return "\n".join(body)


class MNIST(VisionDataset):
    classes = ["0 - zero", "1 - one", "2 - two", "3 - three", "4 - four", "5 - five", "6 - six", "7 - seven", "8 - eight", "9 - nine"]

    def __init__(self, root, train=True, transform=None, target_transform=None, download=False):
        self.root = root
        self.train = train
        self.transform = transform
        self.target_transform = target_transform
        self.transforms = None
        if transform is not None or target_transform is not None:
            self.transforms = _Transforms(transform, target_transform)
        self._set = self._fetched(train)
        # Tensors are made when a program asks for them; it may change them then.
        self._data = None
        self._targets = None

    def _fetched(self, train):
        return _load(train)

    @property
    def data(self):
        if self._data is None:
            self._data = self._set.data()
        return self._data

    @data.setter
    def data(self, value):
        self._data = value

    @property
    def targets(self):
        if self._targets is None:
            self._targets = self._set.targets()
        return self._targets

    @targets.setter
    def targets(self, value):
        self._targets = value

    train_data = test_data = data
    train_labels = test_labels = targets

    @property
    def class_to_idx(self):
        return {name: i for i, name in enumerate(self.classes)}

    def _untouched(self):
        return self._data is None and self._targets is None

    def __len__(self):
        return len(self._set) if self._data is None else len(self._data)

    def __getitem__(self, index):
        if self._untouched():
            image, target = self._set.item(index)
        else:
            image, target = _image_of(self.data[index]), int(self.targets[index])
        if self.transform is not None:
            image = self.transform(image)
        if self.target_transform is not None:
            target = self.target_transform(target)
        return image, target

    def _batch(self, indices):
        # As `__getitem__` and `default_collate` would make it, where the transforms are the usual ones.
        steps = _standard(self.transform)
        if steps is None or self.target_transform is not None:
            return None
        if self._untouched():
            return self._set.batch(indices, *steps)
        if not isinstance(self._data, torch.Tensor) and self._data is not None:
            return None
        if not isinstance(self._targets, torch.Tensor) and self._targets is not None:
            return None
        images, targets = _data._take([self.data, self.targets], indices)
        if images.dtype != torch.uint8 or images.dim() != 3:
            return None
        images = images.unsqueeze(1).float().div(255)
        if steps:
            images = images.sub(steps[0]).div(steps[1])
        return [images, targets.long()]

    def extra_repr(self):
        return "Split: " + ("Train" if self.train is True else "Test")

    def __repr__(self):
        body = ["Number of datapoints: %d" % len(self)]
        if self.root is not None:
            body.append("Root location: %s" % self.root)
        body += self.extra_repr().split("\n")
        if self.transforms is not None:
            body.append(repr(self.transforms))
        return "\n".join(["Dataset " + type(self).__name__] + ["    " + line for line in body])


_data._ours.append(MNIST)


class _Missing(VisionDataset):
    def __init__(self, *args, **kwargs):
        raise RuntimeError("torchvision.datasets.%s is not part of Seegrad. There is datasets.MNIST." % type(self).__name__)


class _Own(MNIST):
    # A data set like MNIST, which the user brings along.
    def _fetched(self, train):
        found = _load_own(type(self).__name__, train)
        if found is None:
            raise RuntimeError("torchvision.datasets.%s does not come with Seegrad: drop its files on the page (%s-images-idx3-ubyte.gz and the labels), and it is there. There is datasets.MNIST." % (type(self).__name__, "train" if train else "t10k"))
        return found


class FashionMNIST(_Own):
    classes = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]


class KMNIST(_Own):
    classes = ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"]


class EMNIST(_Missing):
    pass


class CIFAR10(_Missing):
    pass


class CIFAR100(_Missing):
    pass


class ImageFolder(_Missing):
    pass
