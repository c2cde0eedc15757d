    # Saving and loading; still the class `Module`.

    def state_dict(self, *args, destination=None, prefix="", keep_vars=False):
        if args:
            destination = args[0]
            prefix = args[1] if len(args) > 1 else prefix
            keep_vars = args[2] if len(args) > 2 else keep_vars
        if destination is None:
            destination = OrderedDict()
        for name, value in self._own_state():
            destination[prefix + name] = value if keep_vars else value.detach()
        for name, module in self._modules.items():
            if module is not None:
                module.state_dict(destination=destination, prefix=prefix + name + ".", keep_vars=keep_vars)
        return destination

    def _own_state(self):
        own = [(name, value) for name, value in self._parameters.items() if value is not None]
        for name, value in self._buffers.items():
            if value is not None and name not in self._non_persistent_buffers_set:
                own.append((name, value))
        return own

    def load_state_dict(self, state_dict, strict=True):
        if not isinstance(state_dict, dict):
            raise TypeError("Expected state_dict to be dict-like, got %s." % type(state_dict))
        missing, unexpected, wrong = [], [], []
        self._load(state_dict, "", missing, unexpected, wrong)
        if strict:
            for what, names in (("Unexpected", unexpected), ("Missing", missing)):
                if names:
                    text = ", ".join('"%s"' % name for name in names)
                    wrong.insert(0, "%s key(s) in state_dict: %s. " % (what, text))
        if wrong:
            text = "\n\t".join(wrong)
            raise RuntimeError("Error(s) in loading state_dict for %s:\n\t%s" % (type(self).__name__, text))
        return _IncompatibleKeys(missing, unexpected)

    def _load(self, state_dict, prefix, missing, unexpected, wrong):
        own = dict(self._own_state())
        for name, value in own.items():
            key = prefix + name
            if key in state_dict:
                self._load_one(key, value, state_dict[key], wrong)
            elif name != "num_batches_tracked":
                missing.append(key)
        for key in state_dict:
            if key.startswith(prefix):
                first, dot, rest = key[len(prefix):].partition(".")
                if first not in (self._modules if dot else own):
                    unexpected.append(key)
        for name, module in self._modules.items():
            if module is not None:
                module._load(state_dict, prefix + name + ".", missing, unexpected, wrong)

    def _load_one(self, key, value, new, wrong):
        if not isinstance(new, torch.Tensor):
            text = 'While copying the parameter named "%s", expected torch.Tensor or Tensor-like object from checkpoint but received %s'
            wrong.append(text % (key, type(new)))
            return
        if value.dim() == 0 and new.dim() == 1 and len(new) == 1:
            new = new[0]
        if value.shape != new.shape:
            text = "size mismatch for %s: copying a param with shape %s from checkpoint, the shape in current model is %s."
            wrong.append(text % (key, new.shape, value.shape))
            return
        with torch.no_grad():
            value.copy_(new)


class _Backward:
    # Calls the backward hooks of a module: with the gradients of what it gave, and of what it was given, once all are there.
    def __init__(self, module, args):
        self.module = module
        self.wanted = sum(isinstance(arg, torch.Tensor) and arg.requires_grad for arg in args)
        self.received = [None] * len(args)
        self.given = None
        self.inputs = tuple(self._input(i, arg) for i, arg in enumerate(args))

    def _input(self, i, arg):
        if not isinstance(arg, torch.Tensor) or not arg.requires_grad:
            return arg
        arg = arg.view_as(arg)

        def note(gradient):
            self.received[i] = gradient
            self.wanted -= 1
            if self.wanted == 0:
                return self._run(i, gradient)

        arg.register_hook(note)
        return arg

    def _run(self, i, gradient):
        received = tuple(self.received)
        for hook in list(self.module._backward_hooks.values()):
            changed = hook(self.module, received, self.given)
            if changed is not None:
                received = changed if isinstance(changed, tuple) else (changed,)
        return None if i is None or received[i] is gradient else received[i]

    def outputs(self, result):
        several = isinstance(result, tuple)
        results = result if several else (result,)
        self.given = [None] * len(results)
        marked = tuple(self._output(i, one) for i, one in enumerate(results))
        return marked if several else marked[0]

    def _output(self, i, result):
        if not isinstance(result, torch.Tensor) or not result.requires_grad:
            return result
        result = result.view_as(result)

        def note(gradient):
            given = list(self.given)
            given[i] = gradient
            self.given = tuple(given)
            if self.wanted == 0 and not any(x is not None for x in self.received):
                self._run(None, None)

        result.register_hook(note)
        return result


def _renew(parameter, data):
    # The parameter with other elements: itself, unless those have another type or lie on another device.
    if data.dtype == parameter.dtype and data.device == parameter.device:
        if data.shape == parameter.shape:
            parameter.data = data
            return parameter
    return Parameter(data, parameter.requires_grad)


