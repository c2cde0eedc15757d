# Texts of objects whose methods the program wrote.


def _text_of(value, str_wanted):
    if str_wanted:
        kind, text = "__str__", type(value).__str__(value)
    else:
        kind, text = "__repr__", type(value).__repr__(value)
    if not isinstance(text, str):
        raise TypeError("%s returned non-string (type %s)" % (kind, type(text).__name__))
    return text


def _show(value, str_wanted, holes):
    # What the program says of each object that has a method of it; at the top, `str` asks `__str__`.
    texts = []
    for hole in holes:
        texts.append(_text_of(hole, str_wanted and hole is value and _has_str(hole)))
    return _fill(value, str_wanted, texts)


def _has_str(value):
    return type(type(value).__str__) is _function


def _know_texts(exception):
    # What the program says of its exceptions, before a report is written.
    for told in _chain(exception):
        try:
            text = str(told)
        except BaseException:
            text = "<exception str() failed>"
        _set_report(told, text)


def _end_with(exception):
    _know_texts(exception)
    raise exception


def _print(values, sep, end, file):
    text = (" " if sep is None else sep).join([str(value) for value in values]) + ("\n" if end is None else end)
    if file is None:
        _write(text)
    else:
        file.write(text)


def _ascii(value):
    return _quote(repr(value))


def _convert_format(function, value, spec):
    return format(function(value), spec)


def _percent(template, values, holes):
    return _percent_filled(template, values, [str(value) if plain else repr(value) for value, plain in holes])


def _str_format(template, args, names):
    parts, _ = _format_parts(_template(template), args, names, 0)
    return "".join(parts)


def _format_parts(fields, args, names, count):
    parts = []
    for literal, first, path, conversion, spec in fields:
        parts.append(literal)
        if first is None:
            continue
        if first == "":
            if count is None:
                raise ValueError("cannot switch from manual field specification to automatic field numbering")
            first = count
            count += 1
        elif isinstance(first, int):
            if count:
                raise ValueError("cannot switch from automatic field numbering to manual field specification")
            count = None
        if isinstance(first, int):
            if first >= len(args):
                raise IndexError("Replacement index %d out of range for positional args tuple" % first)
            value = args[first]
        else:
            value = names[first]
        for is_attribute, name in path:
            value = getattr(value, name) if is_attribute else value[name]
        if conversion == "r":
            value = repr(value)
        elif conversion == "s":
            value = str(value)
        elif conversion == "a":
            value = ascii(value)
        elif conversion is not None:
            raise ValueError("Unknown conversion specifier " + conversion)
        if "{" in spec:
            inner, count = _format_parts(_template(spec), args, names, count)
            spec = "".join(inner)
        parts.append(format(value, spec))
    return parts, count


