# What there is to say about the model: a line each.
for _module in _modules(_names):
    print('model', repr(_module), sep='\t', end='\x00')
for _name, _value in _parameters(_names).items():
    print('parameter', '%s\t%s' % (_name, list(_value.shape)), sep='\t', end='\x00')
for _value in _names.values():
    if isinstance(_value, _torch.optim.Optimizer):
        print('optimizer', repr(_value), sep='\t', end='\x00')
_seen = []
for _value in _names.values():
    _data = _data_set(_value)
    if _data is not None and not any(_data is other for other in _seen):
        _seen.append(_data)
        print('data', '%s, %s, %d images, transform: %s' % (type(_data).__name__, 'train' if _data.train else 'test', len(_data), repr(_data.transform)), sep='\t', end='\x00')
print('seed', _torch.initial_seed(), sep='\t', end='\x00')
