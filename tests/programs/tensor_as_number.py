"""Tensors, enumerations and numbers of NumPy where Python wants a whole number; copies of arrays."""

import copy
import enum

import numpy as np
import torch


class Action(enum.IntEnum):
    UP = 0
    DOWN = 1


two = torch.tensor(2)
lengths = torch.tensor([3, 1, 2])
print(range(two), list(range(two, 5)), [0, 1, 2][two], "abc"[two], [1, 2, 3, 4][:two], hex(two))
print(torch.zeros(len(lengths), lengths.max()).shape, torch.zeros(two).shape, torch.full((two,), 1.0))
print(torch.zeros(5, 3).view(two + 3, -1).shape, torch.eye(3).repeat(two, 1).shape, torch.arange(two), np.arange(two))
print([10, 20, 30][np.argmax(np.array([1, 5, 2]))], [10, 20, 30][torch.argmax(torch.tensor([1, 5, 2]))])
for wrong in (lambda: range(torch.tensor(1.5)), lambda: torch.zeros("a"), lambda: range(lengths)):
    try:
        print(wrong())
    except TypeError as error:
        print("TypeError")

print([10, 20][Action.DOWN], np.arange(4).reshape(2, 2)[1, Action.DOWN], torch.arange(4)[Action.DOWN])
print(torch.tensor([Action.UP, Action.DOWN]), np.array([Action.UP, Action.DOWN]), Action.UP == 0, Action.UP in {0})
print({0: "a"}[Action.UP], {Action.UP: "b"}[Action.UP], {Action.UP: "c"}[0], range(Action.DOWN), Action(np.int64(1)))

array = np.ones(2)
held = {"array": array, "tensor": torch.ones(2)}
deep = copy.deepcopy(held)
deep["array"][0] = deep["tensor"][0] = 7
shallow = copy.copy(array)
shallow[0] = 9
print(held, deep, shallow)
