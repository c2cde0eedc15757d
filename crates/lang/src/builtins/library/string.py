# `string`: constants, and templates with `$`.
whitespace = " \t\n\r\x0b\x0c"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (" " if sep is None else sep).join([word.capitalize() for word in s.split(sep)])


class Template:
    def __init__(self, template):
        self.template = template

    def _filled(self, values, strict):
        out, i, text = [], 0, self.template
        while i < len(text):
            if text[i] != "$":
                out.append(text[i])
                i += 1
                continue
            if text[i + 1:i + 2] == "$":
                out.append("$")
                i += 2
                continue
            braced = text[i + 1:i + 2] == "{"
            start = end = i + 1 + braced
            while end < len(text) and (text[end].isalnum() or text[end] == "_"):
                end += 1
            name = text[start:end]
            end += braced
            if name in values or strict and name:
                out.append(str(values[name]))
            elif strict:
                raise ValueError("Invalid placeholder in string")
            else:
                out.append(text[i:max(end, i + 1)])
            i = max(end, i + 1)
        return "".join(out)

    def substitute(self, mapping={}, /, **kws):
        return self._filled({**mapping, **kws}, True)

    def safe_substitute(self, mapping={}, /, **kws):
        return self._filled({**mapping, **kws}, False)
