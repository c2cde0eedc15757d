# `torch.nn.utils.prune`: weights that are multiplied with a mask before each call of their module.

import torch


def _check(amount):
    if isinstance(amount, bool) or not isinstance(amount, (int, float)):
        raise TypeError("Invalid type for amount: %s. Must be int or float." % amount)
    if amount < 0 or isinstance(amount, float) and amount > 1.0:
        raise ValueError("amount=%s should either be a float in the range [0, 1] or a non-negative integer" % amount)


def _count(amount, size):
    if isinstance(amount, int) and amount > size:
        raise ValueError("amount=%s should be smaller than the number of parameters to prune=%s" % (amount, size))
    return amount if isinstance(amount, int) else round(amount * size)


class BasePruningMethod:
    _tensor_name = None

    def __call__(self, module, inputs):
        setattr(module, self._tensor_name, self.apply_mask(module))

    def compute_mask(self, t, default_mask):
        raise NotImplementedError("a method of pruning says in compute_mask what it keeps")

    def apply_mask(self, module):
        if self._tensor_name is None:
            raise AssertionError("Module %s has to be pruned" % (module,))
        orig = getattr(module, self._tensor_name + "_orig")
        return getattr(module, self._tensor_name + "_mask").to(orig.dtype) * orig

    @classmethod
    def apply(cls, module, name, *args, importance_scores=None, **kwargs):
        method = cls(*args, **kwargs)
        method._tensor_name = name
        key, old = _found(module, name)
        if old is not None:
            container = PruningContainer(*(old if isinstance(old, PruningContainer) else [old]))
            container.add_pruning_method(method)
            container._tensor_name = name
            method = container
        orig = getattr(module, name)
        scores = orig if importance_scores is None else importance_scores
        if scores.shape != orig.shape:
            raise AssertionError("importance_scores should have the same shape as parameter %s of %s" % (name, module))
        if old is None:
            mask = method.compute_mask(scores, torch.ones_like(orig))
            del module._parameters[name]
            module.register_parameter(name + "_orig", orig)
        else:
            mask = method.compute_mask(scores, getattr(module, name + "_mask").detach().clone())
            del module._forward_pre_hooks[key]
        module.register_buffer(name + "_mask", mask)
        method(module, None)
        module.register_forward_pre_hook(method)
        return method

    def prune(self, t, default_mask=None, importance_scores=None):
        if default_mask is None:
            default_mask = torch.ones_like(t)
        return t * self.compute_mask(t if importance_scores is None else importance_scores, default_mask)

    def remove(self, module):
        name = self._tensor_name
        weight = self.apply_mask(module)
        delattr(module, name)
        orig = module._parameters.pop(name + "_orig")
        orig.data = weight.data
        del module._buffers[name + "_mask"]
        setattr(module, name, orig)


def _found(module, name):
    for key, hook in module._forward_pre_hooks.items():
        if isinstance(hook, BasePruningMethod) and hook._tensor_name == name:
            return key, hook
    return None, None


class PruningContainer(BasePruningMethod):
    def __init__(self, *args):
        self._pruning_methods = tuple(args)

    def add_pruning_method(self, method):
        self._pruning_methods += (method,)

    def __len__(self):
        return len(self._pruning_methods)

    def __iter__(self):
        return iter(self._pruning_methods)

    def __getitem__(self, i):
        return self._pruning_methods[i]

    def compute_mask(self, t, default_mask):
        # The newest method has a say only in what is still there.
        method = self._pruning_methods[-1]
        kind = method.PRUNING_TYPE
        if kind == "unstructured":
            there = default_mask == 1
        elif kind == "structured":
            dim = method.dim % t.dim()
            others = [d for d in range(t.dim()) if d != dim]
            there = (slice(None),) * dim + (default_mask.sum(others) != 0,)
        elif kind == "global":
            there = slice(None)
        else:
            raise ValueError("Unrecognized PRUNING_TYPE %s" % kind)
        mask = default_mask.detach().clone()
        mask[there] = method.compute_mask(t[there], default_mask=mask[there])
        return mask


class Identity(BasePruningMethod):
    PRUNING_TYPE = "unstructured"

    def compute_mask(self, t, default_mask):
        return default_mask


class RandomUnstructured(BasePruningMethod):
    PRUNING_TYPE = "unstructured"
    _largest = True

    def __init__(self, amount):
        _check(amount)
        self.amount = amount

    def _scores(self, t):
        return torch.rand_like(t)

    def compute_mask(self, t, default_mask):
        mask = default_mask.clone()
        count = _count(self.amount, t.numel())
        if count:
            mask.view(-1)[self._scores(t.detach()).reshape(-1).topk(count, largest=self._largest)[1]] = 0
        return mask


class L1Unstructured(RandomUnstructured):
    _largest = False

    def _scores(self, t):
        return t.abs()


class RandomStructured(BasePruningMethod):
    PRUNING_TYPE = "structured"

    def __init__(self, amount, dim=-1):
        _check(amount)
        self.amount, self.dim = amount, dim

    def _kept(self, t, size, count):
        drawn = torch.rand(size)
        return drawn > drawn.kthvalue(count)[0]

    def compute_mask(self, t, default_mask):
        size = t.size(self.dim)
        count = _count(self.amount, size)
        if count == 0:
            return default_mask
        mask = torch.zeros_like(t)
        mask.movedim(self.dim, 0)[self._kept(t.detach(), size, count)] = 1
        return mask * default_mask


class LnStructured(RandomStructured):
    def __init__(self, amount, n, dim=-1):
        super().__init__(amount, dim)
        self.n = n

    def _kept(self, t, size, count):
        norms = t.movedim(self.dim, 0).flatten(1).norm(self.n, 1)
        return norms.topk(size - count)[1]


class CustomFromMask(BasePruningMethod):
    PRUNING_TYPE = "global"

    def __init__(self, mask):
        self.mask = mask

    def compute_mask(self, t, default_mask):
        return default_mask * self.mask.to(default_mask.dtype)


def identity(module, name):
    Identity.apply(module, name)
    return module


def random_unstructured(module, name, amount):
    RandomUnstructured.apply(module, name, amount)
    return module


def l1_unstructured(module, name, amount, importance_scores=None):
    L1Unstructured.apply(module, name, amount, importance_scores=importance_scores)
    return module


def random_structured(module, name, amount, dim):
    RandomStructured.apply(module, name, amount, dim)
    return module


def ln_structured(module, name, amount, n, dim, importance_scores=None):
    LnStructured.apply(module, name, amount, n, dim, importance_scores=importance_scores)
    return module


def custom_from_mask(module, name, mask):
    CustomFromMask.apply(module, name, mask)
    return module


def global_unstructured(parameters, pruning_method, importance_scores=None, **kwargs):
    parameters = list(parameters)
    scores = importance_scores or {}
    tensors = [getattr(module, name) for module, name in parameters]
    found = [scores.get(pair, t).reshape(-1) for pair, t in zip(parameters, tensors)]
    before = [getattr(module, name + "_mask", torch.ones_like(t)).reshape(-1) for (module, name), t in zip(parameters, tensors)]
    method = pruning_method(**kwargs)
    if method.PRUNING_TYPE != "unstructured":
        raise TypeError('Only "unstructured" PRUNING_TYPE supported for the `pruning_method`. Found method %s of type %s' % (pruning_method, method.PRUNING_TYPE))
    mask = PruningContainer(method).compute_mask(torch.cat(found), torch.cat(before))
    for (module, name), t, part in zip(parameters, tensors, mask.split([t.numel() for t in tensors])):
        custom_from_mask(module, name, part.view_as(t))


def remove(module, name):
    key, hook = _found(module, name)
    if hook is None:
        raise ValueError("Parameter '%s' of module %s has to be pruned before pruning can be removed" % (name, module))
    hook.remove(module)
    del module._forward_pre_hooks[key]
    return module


def is_pruned(module):
    return any(isinstance(hook, BasePruningMethod) for part in module.modules() for hook in part._forward_pre_hooks.values())
