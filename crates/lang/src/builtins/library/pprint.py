# `pprint`: one item a line where a line is too long.


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    return _shown(object, width, 0, 0, sort_dicts)


def _ordered(entries, sort_dicts):
    if not sort_dicts:
        return entries
    try:
        return sorted(entries, key=lambda entry: entry[0])
    except TypeError:
        return entries


def _flat(object, sort_dicts):
    if type(object) is dict:
        entries = _ordered(list(object.items()), sort_dicts)
        return "{" + ", ".join([_flat(k, sort_dicts) + ": " + _flat(v, sort_dicts) for k, v in entries]) + "}"
    if type(object) is list:
        return "[" + ", ".join([_flat(item, sort_dicts) for item in object]) + "]"
    if type(object) is tuple and len(object) != 1:
        return "(" + ", ".join([_flat(item, sort_dicts) for item in object]) + ")"
    return repr(object)


def _shown(object, width, column, behind, sort_dicts):
    flat = _flat(object, sort_dicts)
    if column + len(flat) + behind <= width or type(object) not in (dict, list, tuple) or not object:
        return flat
    lines = []
    if type(object) is dict:
        entries = _ordered(list(object.items()), sort_dicts)
        for i, (key, value) in enumerate(entries):
            head = repr(key) + ": "
            lines.append(head + _shown(value, width, column + 1 + len(head), 1, sort_dicts))
        return "{" + (",\n" + " " * (column + 1)).join(lines) + "}"
    for item in object:
        lines.append(_shown(item, width, column + 1, 1, sort_dicts))
    opening, closing = ("[", "]") if type(object) is list else ("(", ",)" if len(object) == 1 else ")")
    return opening + (",\n" + " " * (column + 1)).join(lines) + closing


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    print(pformat(object, indent, width, depth, sort_dicts=sort_dicts), file=stream)


def pp(object, *args, sort_dicts=False, **kwargs):
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)
