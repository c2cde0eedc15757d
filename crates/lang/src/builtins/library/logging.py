# `logging`.
import sys as _sys
import time as _time

DEBUG, INFO, WARNING, ERROR, CRITICAL = 10, 20, 30, 40, 50
NOTSET, WARN, FATAL = 0, WARNING, CRITICAL
_names = {10: "DEBUG", 20: "INFO", 30: "WARNING", 40: "ERROR", 50: "CRITICAL", 0: "NOTSET"}


def getLevelName(level):
    return _names.get(level, "Level %s" % level)


def _level(level):
    if not isinstance(level, str):
        return level
    for number, name in _names.items():
        if name == level:
            return number
    raise ValueError("Unknown level: %r" % (level,))


class LogRecord:
    def __init__(self, name, level, msg, args, exc_info=None):
        self.name, self.levelno, self.levelname = name, level, getLevelName(level)
        self.msg, self.args, self.exc_info = msg, args[0] if len(args) == 1 and isinstance(args[0], dict) else args, exc_info
        self.created = _time.time()
        self.msecs = self.created % 1 * 1000
        self.filename, self.module, self.process = "main.py", "main", 1
        self.funcName, self.lineno = _frames()[0][:2]

    def getMessage(self):
        return str(self.msg) % self.args if self.args else str(self.msg)


class Formatter:
    def __init__(self, fmt=None, datefmt=None, style="%"):
        self._fmt, self.datefmt = fmt or "%(message)s", datefmt
        self._style = style

    def formatTime(self, record, datefmt=None):
        if datefmt:
            return _time.strftime(datefmt, _time.gmtime(record.created))
        return "%s,%03d" % (_time.strftime("%Y-%m-%d %H:%M:%S", _time.gmtime(record.created)), record.msecs)

    def format(self, record):
        record.message = record.getMessage()
        if "asctime" in self._fmt:
            record.asctime = self.formatTime(record, self.datefmt)
        text = self._fmt.format(**record.__dict__) if self._style == "{" else self._fmt % record.__dict__
        if record.exc_info:
            import traceback
            text += "\n" + traceback.format_exc().rstrip("\n")
        return text


class Handler:
    def __init__(self, level=NOTSET):
        self.level, self.formatter = _level(level), None

    def setLevel(self, level):
        self.level = _level(level)

    def setFormatter(self, fmt):
        self.formatter = fmt

    def format(self, record):
        return (self.formatter or Formatter()).format(record)

    def handle(self, record):
        if record.levelno >= self.level:
            self.emit(record)

    def close(self):
        pass

    flush = close


class StreamHandler(Handler):
    def __init__(self, stream=None):
        super().__init__()
        self.stream = stream

    def emit(self, record):
        (self.stream or _sys.stderr).write(self.format(record) + "\n")


class FileHandler(StreamHandler):
    def __init__(self, filename, mode="a", encoding=None, delay=False):
        super().__init__(open(filename, mode))

    def emit(self, record):
        super().emit(record)
        self.stream.flush()

    def close(self):
        self.stream.close()


class Logger:
    def __init__(self, name, level=NOTSET):
        self.name, self.level, self.handlers, self.propagate, self.disabled = name, _level(level), [], True, False
        self.parent = None

    def setLevel(self, level):
        self.level = _level(level)

    def getEffectiveLevel(self):
        logger = self
        while logger.parent is not None and not logger.level:
            logger = logger.parent
        return logger.level

    def isEnabledFor(self, level):
        return not self.disabled and level >= self.getEffectiveLevel()

    def addHandler(self, hdlr):
        if hdlr not in self.handlers:
            self.handlers.append(hdlr)

    def removeHandler(self, hdlr):
        if hdlr in self.handlers:
            self.handlers.remove(hdlr)

    def hasHandlers(self):
        return bool(self.handlers) or self.parent is not None and self.propagate and self.parent.hasHandlers()

    def log(self, level, msg, *args, exc_info=None, **kwargs):
        if not self.isEnabledFor(level):
            return
        record = LogRecord(self.name, level, msg, args, exc_info)
        if not self.hasHandlers():
            if level >= WARNING:
                _sys.stderr.write(record.getMessage() + "\n")
            return
        logger = self
        while logger is not None:
            for handler in logger.handlers:
                handler.handle(record)
            logger = logger.parent if logger.propagate else None

    def debug(self, msg, *args, **kwargs):
        self.log(DEBUG, msg, *args, **kwargs)

    def info(self, msg, *args, **kwargs):
        self.log(INFO, msg, *args, **kwargs)

    def warning(self, msg, *args, **kwargs):
        self.log(WARNING, msg, *args, **kwargs)

    warn = warning

    def error(self, msg, *args, **kwargs):
        self.log(ERROR, msg, *args, **kwargs)

    def critical(self, msg, *args, **kwargs):
        self.log(CRITICAL, msg, *args, **kwargs)

    def exception(self, msg, *args, **kwargs):
        self.log(ERROR, msg, *args, exc_info=True, **kwargs)

    def __repr__(self):
        return "<%s %s (%s)>" % ("RootLogger" if self is root else "Logger", self.name, getLevelName(self.getEffectiveLevel()))


root = Logger("root", WARNING)
_loggers = {}


def getLogger(name=None):
    if not name or name == "root":
        return root
    if name not in _loggers:
        made = Logger(name)
        made.parent = getLogger(name.rpartition(".")[0])
        for other in _loggers.values():
            if other.name.startswith(name + ".") and other.parent is made.parent:
                other.parent = made
        _loggers[name] = made
    return _loggers[name]


def basicConfig(*, filename=None, filemode="a", format=None, datefmt=None, style="%", level=None, stream=None, handlers=None, force=False, encoding=None):
    if force:
        root.handlers.clear()
    if not root.handlers:
        if handlers is None:
            handlers = [FileHandler(filename, filemode) if filename else StreamHandler(stream)]
        for handler in handlers:
            if handler.formatter is None:
                handler.setFormatter(Formatter(format or "%(levelname)s:%(name)s:%(message)s", datefmt, style))
            root.addHandler(handler)
        if level is not None:
            root.setLevel(level)


def _of_root(name):
    def function(msg, *args, **kwargs):
        if not root.handlers:
            basicConfig()
        getattr(root, name)(msg, *args, **kwargs)

    return function


debug, info, warning, error = _of_root("debug"), _of_root("info"), _of_root("warning"), _of_root("error")
critical, exception, log, warn = _of_root("critical"), _of_root("exception"), _of_root("log"), warning


def disable(level=CRITICAL):
    root.disabled = True
    for logger in _loggers.values():
        logger.disabled = True
