"""MNIST, read from the files of the page. An image is an array of bytes where torchvision has one of PIL's."""

import gzip
import os

import numpy as np
import torch
from torch.utils.data import Dataset

FILES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../../www/data/mnist")


def read_idx(name):
    with gzip.open(os.path.join(FILES, name), "rb") as file:
        raw = file.read()
    dimensions = [int.from_bytes(raw[4 + 4 * i : 8 + 4 * i], "big") for i in range(raw[3])]
    values = np.frombuffer(raw, dtype=np.uint8, offset=4 + 4 * len(dimensions))
    return torch.from_numpy(values.reshape(dimensions).copy())


class MNIST(Dataset):
    classes = ["0 - zero", "1 - one", "2 - two", "3 - three", "4 - four"]
    classes += ["5 - five", "6 - six", "7 - seven", "8 - eight", "9 - nine"]

    def __init__(self, root, train=True, transform=None, target_transform=None, download=False):
        self.root = root
        self.train = train
        self.transform = transform
        self.target_transform = target_transform
        part = "train" if train else "t10k"
        self.data = read_idx(part + "-images-idx3-ubyte.gz")
        self.targets = read_idx(part + "-labels-idx1-ubyte.gz").long()

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        image, target = self.data[index].numpy(), int(self.targets[index])
        if self.transform is not None:
            image = self.transform(image)
        if self.target_transform is not None:
            target = self.target_transform(target)
        return image, target
