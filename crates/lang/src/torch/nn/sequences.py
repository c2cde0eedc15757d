# `torch.nn.utils.rnn`: sequences of different lengths as one tensor.

import torch


class PackedSequence:
    # The steps one after another, each with those sequences that are long enough, the longest first.
    def __init__(self, data, batch_sizes, sorted_indices=None, unsorted_indices=None):
        self.data = data
        self.batch_sizes = batch_sizes
        self.sorted_indices = sorted_indices
        self.unsorted_indices = unsorted_indices

    def __iter__(self):
        return iter((self.data, self.batch_sizes, self.sorted_indices, self.unsorted_indices))

    def __repr__(self):
        text = "PackedSequence(data=%s, batch_sizes=%s, sorted_indices=%s, unsorted_indices=%s)"
        return text % (self.data, self.batch_sizes, self.sorted_indices, self.unsorted_indices)

    def _padded(self, batch_first):
        # The sequences in the order in which they were given, and their lengths.
        return pad_packed_sequence(self, batch_first)

    def _like(self, padded, batch_first):
        lengths = _lengths(self.batch_sizes.tolist())
        if self.unsorted_indices is not None:
            lengths = [lengths[i] for i in self.unsorted_indices.tolist()]
        return pack_padded_sequence(padded, lengths, batch_first, self.sorted_indices is None)


def _lengths(sizes):
    return [sum(size > i for size in sizes) for i in range(sizes[0] if sizes else 0)]


def pad_sequence(sequences, batch_first=False, padding_value=0.0):
    sequences = list(sequences)
    longest = max(s.size(0) for s in sequences)
    shape = (longest,) + tuple(sequences[0].shape[1:])
    rows = []
    for s in sequences:
        rest = torch.full((longest - s.size(0),) + shape[1:], padding_value, dtype=s.dtype, device=s.device)
        rows.append(torch.cat([s, rest]))
    return torch.stack(rows, 0 if batch_first else 1)


def pack_padded_sequence(input, lengths, batch_first=False, enforce_sorted=True):
    lengths = lengths.tolist() if isinstance(lengths, torch.Tensor) else list(lengths)
    if batch_first:
        input = input.transpose(0, 1)
    order = unsorted = None
    if enforce_sorted:
        if any(a < b for a, b in zip(lengths, lengths[1:])):
            raise RuntimeError("`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You can pass `enforce_sorted=False` to pack_padded_sequence and/or pack_sequence to sidestep this requirement if you do not need ONNX exportability.")
    else:
        places = sorted(range(len(lengths)), key=lambda i: -lengths[i])
        order = torch.tensor(places)
        unsorted = torch.argsort(order)
        lengths = [lengths[i] for i in places]
        input = input.index_select(1, order)
    if lengths and lengths[-1] <= 0:
        raise RuntimeError("Length of all samples has to be greater than 0, but found an element in 'lengths' that is <= 0")
    sizes = [sum(n > t for n in lengths) for t in range(lengths[0] if lengths else 0)]
    data = torch.cat([input[t, :size] for t, size in enumerate(sizes)])
    return PackedSequence(data, torch.tensor(sizes), order, unsorted)


def pad_packed_sequence(sequence, batch_first=False, padding_value=0.0, total_length=None):
    sizes = sequence.batch_sizes.tolist()
    lengths = _lengths(sizes)
    data = sequence.data
    steps, place = [], 0
    for size in sizes:
        step = data[place:place + size]
        rest = torch.full((sizes[0] - size,) + tuple(data.shape[1:]), padding_value, dtype=data.dtype, device=data.device)
        steps.append(torch.cat([step, rest]))
        place += size
    empty = torch.full((sizes[0],) + tuple(data.shape[1:]), padding_value, dtype=data.dtype, device=data.device)
    steps += [empty] * ((total_length or 0) - len(sizes))
    padded = torch.stack(steps)
    if sequence.unsorted_indices is not None:
        padded = padded.index_select(1, sequence.unsorted_indices)
        lengths = [lengths[i] for i in sequence.unsorted_indices.tolist()]
    return padded.transpose(0, 1) if batch_first else padded, torch.tensor(lengths)


def pack_sequence(sequences, enforce_sorted=True):
    return pack_padded_sequence(pad_sequence(sequences), [s.size(0) for s in sequences], False, enforce_sorted)
