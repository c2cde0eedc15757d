__name__ = "torch.nn.modules.rnn"


class _RecurrentBase(Module):
    # What cells and networks of several layers share: parameters drawn uniformly, one after another.
    def reset_parameters(self):
        _draw_recurrent(list(self.parameters()), self.hidden_size)

    def _add(self, suffix, inputs, outputs, hidden, bias, device, dtype):
        shapes = [("weight_ih", (outputs, inputs)), ("weight_hh", (outputs, hidden))]
        if bias:
            shapes += [("bias_ih", (outputs,)), ("bias_hh", (outputs,))]
        for name, shape in shapes:
            self.register_parameter(name + suffix, _fresh(shape, device, dtype))
        if not bias and not suffix:
            self.register_parameter("bias_ih", None)
            self.register_parameter("bias_hh", None)


class _Cell(_RecurrentBase):
    _gates = 1

    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__()
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.bias = bias
        self._add("", input_size, self._gates * hidden_size, hidden_size, bias, device, dtype)
        self.reset_parameters()

    def _check(self, input, hidden):
        name = type(self).__name__
        if input.dim() not in (1, 2):
            raise AssertionError("%s: Expected input to be 1-D or 2-D but received %d-D tensor" % (name, input.dim()))
        if input.size(-1) != self.input_size:
            raise RuntimeError("input has inconsistent input_size: got %d expected %d" % (input.size(-1), self.input_size))
        for state in hidden:
            if state.dim() == 2 and input.dim() == 2 and state.size(0) != input.size(0):
                raise RuntimeError("Input batch size %d doesn't match hidden0 batch size %d" % (input.size(0), state.size(0)))
            if state.size(-1) != self.hidden_size:
                raise RuntimeError("hidden0 has inconsistent hidden_size: got %d, expected %d" % (state.size(-1), self.hidden_size))

    def _start(self, input):
        shape = (input.size(0), self.hidden_size) if input.dim() == 2 else (self.hidden_size,)
        return torch.zeros(shape, dtype=input.dtype, device=input.device)

    def _weights(self):
        return self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh

    def extra_repr(self):
        text = "%s, %s" % (self.input_size, self.hidden_size)
        if not self.bias:
            text += ", bias=%s" % self.bias
        if getattr(self, "nonlinearity", "tanh") != "tanh":
            text += ", nonlinearity=%s" % self.nonlinearity
        return text


class RNNCell(_Cell):
    def __init__(self, input_size, hidden_size, bias=True, nonlinearity="tanh", device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, device, dtype)
        self.nonlinearity = nonlinearity

    def forward(self, input, hx=None):
        self._check(input, [] if hx is None else [hx])
        if self.nonlinearity not in ("tanh", "relu"):
            raise RuntimeError("Unknown nonlinearity: " + self.nonlinearity)
        hx = self._start(input) if hx is None else hx
        return _recurrent_step(self.nonlinearity, input, hx, None, *self._weights())


class LSTMCell(_Cell):
    _gates = 4

    def forward(self, input, hx=None):
        self._check(input, [] if hx is None else hx)
        h, c = (self._start(input), self._start(input)) if hx is None else hx
        return _recurrent_step("lstm", input, h, c, *self._weights())


class GRUCell(_Cell):
    _gates = 3

    def forward(self, input, hx=None):
        self._check(input, [] if hx is None else [hx])
        hx = self._start(input) if hx is None else hx
        return _recurrent_step("gru", input, hx, None, *self._weights())


class RNNBase(_RecurrentBase):
    _gates = 1
    _states = 1

    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False, device=None, dtype=None):
        super().__init__()
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        self.bias = bias
        self.batch_first = batch_first
        self.dropout = float(dropout)
        self.bidirectional = bidirectional
        if not 0 <= dropout <= 1:
            raise ValueError("dropout should be a number in range [0, 1] representing the probability of an element being zeroed")
        directions = 2 if bidirectional else 1
        for layer in range(num_layers):
            inputs = input_size if layer == 0 else hidden_size * directions
            for suffix in self._suffixes(layer):
                self._add(suffix, inputs, self._gates * hidden_size, hidden_size, bias, device, dtype)
        self.reset_parameters()

    def _suffixes(self, layer):
        return ["_l%d" % layer, "_l%d_reverse" % layer] if self.bidirectional else ["_l%d" % layer]

    def flatten_parameters(self):
        pass

    def _kind(self):
        return type(self)._name

    def _weights(self, suffix):
        names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        return [getattr(self, name + suffix, None) for name in names]

    def _initial(self, hx, batch, batched, like):
        count = self.num_layers * (2 if self.bidirectional else 1)
        if hx is None:
            zeros = torch.zeros(count, batch, self.hidden_size, dtype=like.dtype, device=like.device)
            return [zeros] * self._states
        states = list(hx) if self._states == 2 else [hx]
        found = []
        for i, state in enumerate(states):
            state = state if batched else state.unsqueeze(1)
            expected = (count, batch, self.hidden_size)
            if tuple(state.shape) != expected:
                name = "hidden size" if self._states == 1 else "hidden[%d] size" % i
                raise RuntimeError("Expected %s %s, got %s" % (name, expected, list(state.shape)))
            found.append(state)
        return found

    def forward(self, input, hx=None):
        packed = None
        if isinstance(input, _PackedSequence):
            packed = input
            input, lengths = packed._padded(self.batch_first)
        batched = input.dim() == 3
        if input.dim() not in (2, 3):
            raise RuntimeError("input must have 2 or 3 dimensions, got %d" % input.dim())
        if input.size(-1) != self.input_size:
            raise RuntimeError("input.size(-1) must be equal to input_size. Expected %d, got %d" % (self.input_size, input.size(-1)))
        x = input if batched else input.unsqueeze(1)
        if batched and self.batch_first:
            x = x.transpose(0, 1)
        states = self._initial(hx, x.size(1), batched, x)
        lengths = lengths if packed is not None else None
        last = [[] for state in states]
        for layer in range(self.num_layers):
            outputs = []
            for suffix in self._suffixes(layer):
                place = len(last[0])
                start = [state[place] for state in states]
                made, end = self._scan(x, start, self._weights(suffix), suffix.endswith("reverse"), lengths)
                outputs.append(made)
                for kept, state in zip(last, end):
                    kept.append(state)
            x = torch.cat(outputs, 2) if len(outputs) > 1 else outputs[0]
            if self.dropout > 0 and layer < self.num_layers - 1:
                x = F.dropout(x, self.dropout, self.training)
        if batched and self.batch_first:
            x = x.transpose(0, 1)
        ends = [torch.stack(kept) for kept in last]
        if not batched:
            x = x.squeeze(1)
            ends = [end.squeeze(1) for end in ends]
        if packed is not None:
            x = packed._like(x, self.batch_first)
        return x, tuple(ends) if self._states == 2 else ends[0]

    def _scan(self, x, start, weights, backwards, lengths):
        if lengths is None:
            return _recurrent_layer(self._kind(), x, start, weights, backwards)
        # Each sequence ends at a step of its own: behind it the state stays as it was.
        kind = self._kind()
        made = [None] * x.size(0)
        state = start
        for t in reversed(range(x.size(0))) if backwards else range(x.size(0)):
            new = _recurrent_step(kind, x[t], state[0], state[1] if len(state) > 1 else None, *weights)
            new = list(new) if isinstance(new, tuple) else [new]
            here = (lengths > t).unsqueeze(1)
            state = [torch.where(here, a, b) for a, b in zip(new, state)]
            made[t] = torch.where(here, new[0], torch.zeros_like(new[0]))
        return torch.stack(made), state

    def extra_repr(self):
        text = "%s, %s" % (self.input_size, self.hidden_size)
        if self.num_layers != 1:
            text += ", num_layers=%s" % self.num_layers
        if not self.bias:
            text += ", bias=%s" % self.bias
        if self.batch_first:
            text += ", batch_first=%s" % self.batch_first
        if self.dropout != 0:
            text += ", dropout=%s" % self.dropout
        if self.bidirectional:
            text += ", bidirectional=%s" % self.bidirectional
        return text


class RNN(RNNBase):
    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False, device=None, dtype=None, nonlinearity="tanh"):
        if nonlinearity not in ("tanh", "relu"):
            raise ValueError("Unknown nonlinearity '%s'" % nonlinearity)
        super().__init__(input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, device, dtype)
        self.nonlinearity = nonlinearity

    def _kind(self):
        return self.nonlinearity


class LSTM(RNNBase):
    _name = "lstm"
    _gates = 4
    _states = 2


class GRU(RNNBase):
    _name = "gru"
    _gates = 3


