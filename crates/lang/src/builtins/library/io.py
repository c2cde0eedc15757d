# Texts and bytes in memory that are used like files.


class StringIO:
    def __init__(self, initial_value=""):
        self._text = initial_value
        self._at = 0

    def write(self, text):
        self._text = self._text[:self._at] + text + self._text[self._at + len(text):]
        self._at += len(text)
        return len(text)

    def read(self, size=-1):
        end = len(self._text) if size is None or size < 0 else self._at + size
        part = self._text[self._at:end]
        self._at += len(part)
        return part

    def readline(self):
        end = self._text.find("\n", self._at)
        return self.read(-1 if end < 0 else end + 1 - self._at)

    def readlines(self):
        return list(self)

    def __iter__(self):
        line = self.readline()
        while line:
            yield line
            line = self.readline()

    def getvalue(self):
        return self._text

    def seek(self, position, whence=0):
        self._at = position
        return position

    def tell(self):
        return self._at

    def flush(self):
        pass

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        return None


class BytesIO(StringIO):
    def __init__(self, initial_bytes=None):
        super().__init__(bytes() if initial_bytes is None else initial_bytes)


open = open
