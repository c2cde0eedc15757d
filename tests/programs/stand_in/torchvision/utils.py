"""Images side by side in one."""

import torch


def make_grid(tensor, nrow=8, padding=2, normalize=False, pad_value=0.0):
    """Images of (n, channels, height, width) or a list of them, `nrow` in a row; grey becomes three channels."""
    if isinstance(tensor, (list, tuple)):
        tensor = torch.stack(tensor, dim=0)
    if tensor.dim() == 2:
        tensor = tensor.unsqueeze(0)
    if tensor.dim() == 3:
        if tensor.size(0) == 1:
            tensor = torch.cat([tensor, tensor, tensor], 0)
        tensor = tensor.unsqueeze(0)
    if tensor.size(1) == 1:
        tensor = torch.cat([tensor, tensor, tensor], 1)
    if normalize:
        low, high = tensor.min(), tensor.max()
        tensor = (tensor.clamp(low, high) - low) / max(float(high - low), 1e-5)
    count, channels, height, width = tensor.shape
    if count == 1:
        return tensor.squeeze(0)
    columns = min(nrow, count)
    rows = -(-count // columns)
    height, width = height + padding, width + padding
    grid = tensor.new_full((channels, rows * height + padding, columns * width + padding), pad_value)
    for index in range(count):
        top = index // columns * height + padding
        left = index % columns * width + padding
        grid[:, top : top + height - padding, left : left + width - padding] = tensor[index]
    return grid


def save_image(tensor, path, nrow=8, padding=2, normalize=False):
    """Writes nothing: the programs look at what they print only."""
    make_grid(tensor, nrow, padding, normalize)
