"""Writes the files under crates/formats/tests/files/, whose authors are NumPy, safetensors and PyTorch.

What `formats` writes must equal numpy_*.npy, reference.safetensors and ours.npz to the byte. That the libraries read
these is checked here. ours.npz is the one file that `formats` wrote itself.

    python3 tests/golden/formats.py      # needs numpy 1.24, safetensors 0.8 and torch 1.13
"""
import io
import pathlib
import zipfile

import numpy as np
import safetensors.numpy
import safetensors.torch
import torch

FILES = pathlib.Path(__file__).parents[2] / 'crates/formats/tests/files'

# What is in numpy.npz, ours.npz and reference.safetensors, and in a file of its own each.
ARRAYS = {
    'weight': np.array([[0.5, -1.25, 3e38], [1e-45, np.inf, -0.0]], '<f4'),
    'bias': np.array([1.0, -1.0], '<f4'),
    'wide': np.array([0.1, -2.5e300], '<f8'),
    'count': np.array(-7, '<i8'),
    'mask': np.array([[True], [False]]),
    'pixels': np.arange(6, dtype='u1').reshape(1, 2, 3),
    'none': np.zeros((0, 3), '<f4'),
}
METADATA = {'format': 'pt'}


def npy(array, version=None):
    out = io.BytesIO()
    np.lib.format.write_array(out, np.asanyarray(array), version=version)
    return out.getvalue()


def write():
    ramp = np.arange(6).reshape(2, 3)
    files = {}
    for name in ['b1', 'u1', 'i1', '<u2', '>i2', '<u4', '>i4', '<u8', '<i8', '>i8', '<f2', '>f2', '<f4', '>f4', '<f8', '>f8']:
        files[f'{name.replace("<", "l").replace(">", "b")}.npy'] = npy((ramp - (name.lstrip("<>")[0] in "if") * 2).astype(name))
    files['fortran.npy'] = npy(np.asfortranarray(np.arange(24, dtype='<f4').reshape(2, 3, 4)))
    files['fortran_big.npy'] = npy(np.asfortranarray(ramp.astype('>i2')))
    files['scalar.npy'] = npy(np.float32(2.5))
    files['empty.npy'] = npy(np.zeros((0, 3), '<f8'))
    files['v2.npy'] = npy(ramp.astype('<f4'), (2, 0))
    files['v3.npy'] = npy(ramp.astype('<f4'), (3, 0))
    files['complex.npy'] = npy(ramp.astype('<c8'))
    files['text.npy'] = npy(np.array(['a', 'b']))
    files['record.npy'] = npy(np.zeros(2, [('x', '<f4'), ('y', '<i4')]))
    files['beyond.npy'] = npy(np.array([1, 2**63], '<u8'))
    for name, array in ARRAYS.items():
        files[f'numpy_{name}.npy'] = npy(array)
        same(name, np.load(io.BytesIO(files[f'numpy_{name}.npy'])), array)
    out = io.BytesIO()
    np.savez(out, **ARRAYS, größe=np.float32(1))
    files['numpy.npz'] = out.getvalue()
    for name, array in ARRAYS.items():
        same(name, np.load(io.BytesIO(files['numpy.npz']))[name], array)
        # What `formats` writes: without the marks for huge files that Python's zipfile sets.
        same(name, np.load(FILES / 'ours.npz')[name], array)
    assert zipfile.ZipFile(FILES / 'ours.npz').testzip() is None
    out = io.BytesIO()
    np.savez_compressed(out, ramp=np.tile(ramp.astype('<f4'), (20, 1)), one=np.array([1]))
    files['compressed.npz'] = out.getvalue()
    files['reference.safetensors'] = safetensors.numpy.save(ARRAYS, METADATA)
    for load in [safetensors.numpy.load, safetensors.torch.load]:
        found = load(files['reference.safetensors'])
        for name, array in ARRAYS.items():
            same(name, np.asarray(found[name]), array)
    files['plain.safetensors'] = safetensors.numpy.save({'ä "x"\n': np.array([1.0], '<f4')})
    other = torch.arange(-2, 4).reshape(2, 3)
    kinds = [torch.float16, torch.bfloat16, torch.int32, torch.int16, torch.int8]
    files['types.safetensors'] = safetensors.torch.save({str(kind)[6:]: other.to(kind) for kind in kinds})
    files['beyond.safetensors'] = safetensors.numpy.save({'big': np.array([1, 2**64 - 1], '<u8')})

    torch.manual_seed(1)
    save('linear.pt', torch.nn.Linear(3, 2).state_dict(), files)
    base = torch.arange(12.0)
    views = {
        'transposed': base.reshape(3, 4).t(),
        'slice': base[4:10:2],
        'shared': base,
        'parameter': torch.nn.Parameter(torch.tensor([1.5])),
        'scalar': torch.tensor(3),
        'empty': torch.zeros(0, 2),
    }
    views.update({str(kind)[6:]: other.to(kind) for kind in kinds + [torch.float64, torch.int64, torch.uint8]})
    views['bool'] = other > 0
    save('views.pt', views, files)
    save('module.pt', torch.nn.Linear(1, 1), files)
    save('nested.pt', {'model': {'w': torch.zeros(1)}, 'epoch': 3}, files)
    save('expanded.pt', {'w': torch.zeros(1).expand(5)}, files)
    save('old.pt', {'w': torch.zeros(1)}, files, _use_new_zipfile_serialization=False)
    FILES.mkdir(parents=True, exist_ok=True)
    for name, contents in files.items():
        (FILES / name).write_bytes(contents)
    print(len(files), 'files,', sum(map(len, files.values())), 'bytes')


def save(name, value, files, **options):
    out = io.BytesIO()
    torch.save(value, out, **options)
    files[name] = out.getvalue()


def same(name, found, expected):
    assert found.dtype == expected.dtype and found.shape == expected.shape, (name, found.dtype, found.shape)
    assert found.tobytes() == expected.tobytes(), name


write()
