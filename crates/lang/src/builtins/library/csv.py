# `csv`: tables as text, a row a line.
QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = 0, 1, 2, 3


class Error(Exception):
    pass


class excel:
    delimiter, quotechar, lineterminator = ",", '"', "\r\n"
    quoting, skipinitialspace = QUOTE_MINIMAL, False


class excel_tab(excel):
    delimiter = "\t"


class unix_dialect(excel):
    lineterminator, quoting = "\n", QUOTE_ALL


Dialect = excel
_dialects = {"excel": excel, "excel-tab": excel_tab, "unix": unix_dialect}


class _Format:
    def __init__(self, dialect, options):
        if isinstance(dialect, str):
            if dialect not in _dialects:
                raise Error("unknown dialect")
            dialect = _dialects[dialect]
        for name in ("delimiter", "quotechar", "lineterminator", "quoting", "skipinitialspace"):
            setattr(self, name, options.pop(name, getattr(dialect, name)))
        for name in options:
            raise TypeError("'%s' is an invalid keyword argument for this function" % name)
        if not isinstance(self.delimiter, str) or len(self.delimiter) != 1:
            raise TypeError('"delimiter" must be a 1-character string')


def list_dialects():
    return list(_dialects)


class _Reader:
    def __init__(self, lines, format):
        self._lines, self._format, self.line_num = iter(lines), format, 0

    def __iter__(self):
        return self

    def __next__(self):
        row, text, quoted, inside = [], "", False, False
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if not inside:
                    raise
                break
            if not isinstance(line, str):
                kind = type(line).__name__
                raise Error("iterator should return strings, not %s (the file should be opened in text mode)" % kind)
            self.line_num += 1
            text, quoted, inside = self._fields(line, row, text, quoted, inside)
            if not inside:
                break
        if row or text or quoted:
            row.append(self._value(text, quoted))
        return row

    def _fields(self, line, row, text, quoted, inside):
        # What is still open at the end of the line: the field, whether it had quotes, whether it is inside of them.
        delimiter, quote = self._format.delimiter, self._format.quotechar
        if self._format.quoting == QUOTE_NONE:
            quote = None
        if quote is None or quote not in line and not inside:
            *fields, text = [self._stripped(field) for field in line.rstrip("\r\n").split(delimiter)]
            row.extend([self._value(field, False) for field in fields])
            return text, False, False
        at, size = 0, len(line)
        while at < size:
            c = line[at]
            at += 1
            if inside:
                if c != quote:
                    text += c
                elif line[at:at + 1] == quote:
                    text += c
                    at += 1
                else:
                    inside = False
            elif c == quote and not text:
                inside = quoted = True
            elif c == delimiter:
                row.append(self._value(text, quoted))
                text, quoted = "", False
            elif c not in "\r\n" and not (c == " " and not text and not quoted and self._format.skipinitialspace):
                text += c
        return text, quoted, inside

    def _stripped(self, field):
        return field.lstrip(" ") if self._format.skipinitialspace else field

    def _value(self, text, quoted):
        return text if quoted or self._format.quoting != QUOTE_NONNUMERIC else float(text)


class _Writer:
    def __init__(self, file, format):
        self._file, self._format = file, format

    def writerow(self, row):
        row = list(row)
        fields = [self._field(value) for value in row]
        if fields == [""]:
            fields = [self._format.quotechar * 2]
        return self._file.write(self._format.delimiter.join(fields) + self._format.lineterminator)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)

    def _field(self, value):
        text = "" if value is None else str(value)
        quote, quoting = self._format.quotechar, self._format.quoting
        special = any(c in text for c in (self._format.delimiter, quote, "\n", "\r"))
        if quoting == QUOTE_NONE:
            if special:
                raise Error("need to escape, but no escapechar set")
            return text
        if special or quoting == QUOTE_ALL or quoting == QUOTE_NONNUMERIC and not isinstance(value, (int, float)):
            return quote + text.replace(quote, quote * 2) + quote
        return text


def reader(csvfile, dialect="excel", **fmtparams):
    return _Reader(csvfile, _Format(dialect, fmtparams))


def writer(csvfile, dialect="excel", **fmtparams):
    return _Writer(csvfile, _Format(dialect, fmtparams))


class DictReader:
    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", **options):
        self._fieldnames, self.restkey, self.restval = fieldnames, restkey, restval
        self.reader = reader(f, dialect, **options)

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            self._fieldnames = next(self.reader, None)
        return self._fieldnames

    @property
    def line_num(self):
        return self.reader.line_num

    def __iter__(self):
        return self

    def __next__(self):
        names = self.fieldnames
        if names is None:
            raise StopIteration
        row = next(self.reader)
        while not row:
            row = next(self.reader)
        values = dict(zip(names, row))
        if len(row) > len(names):
            values[self.restkey] = row[len(names):]
        for name in names[len(row):]:
            values[name] = self.restval
        return values


class DictWriter:
    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", **options):
        self.fieldnames, self.restval, self.extrasaction = list(fieldnames), restval, extrasaction
        self.writer = writer(f, dialect, **options)

    def writeheader(self):
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def writerow(self, rowdict):
        if self.extrasaction == "raise":
            wrong = [name for name in rowdict if name not in self.fieldnames]
            if wrong:
                names = ", ".join([repr(name) for name in wrong])
                raise ValueError("dict contains fields not in fieldnames: " + names)
        return self.writer.writerow([rowdict.get(name, self.restval) for name in self.fieldnames])

    def writerows(self, rowdicts):
        for row in rowdicts:
            self.writerow(row)
