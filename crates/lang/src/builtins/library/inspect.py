# `inspect`: the variables of running functions, and the parameters of functions.
from collections import OrderedDict as _OrderedDict, namedtuple as _namedtuple
from types import SimpleNamespace as _SimpleNamespace

ArgInfo = _namedtuple("ArgInfo", ["args", "varargs", "keywords", "locals"])
FullArgSpec = _namedtuple("FullArgSpec", ["args", "varargs", "varkw", "defaults", "kwonlyargs", "kwonlydefaults", "annotations"])


class _Frame:
    def __init__(self, frames):
        name, self.f_lineno, self.f_locals, args = frames[0]
        self.f_code = _SimpleNamespace(co_name=name, co_filename="main.py")
        self._args, self._outer = args, frames[1:]

    @property
    def f_back(self):
        return _Frame(self._outer) if self._outer else None


def currentframe():
    return _Frame(_frames())


def getargvalues(frame):
    return ArgInfo(*frame._args, frame.f_locals)


class _empty:
    pass


class Parameter:
    empty = _empty
    POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD, VAR_POSITIONAL, KEYWORD_ONLY, VAR_KEYWORD = range(5)

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        self.name, self.kind, self.default, self.annotation = name, kind, default, annotation

    def __str__(self):
        text = ("", "", "*", "", "**")[self.kind] + self.name
        return text if self.default is _empty else "%s=%r" % (text, self.default)

    def __repr__(self):
        return '<Parameter "%s">' % self


class Signature:
    empty = _empty

    def __init__(self, parameters=None):
        self.parameters = _OrderedDict([(p.name, p) for p in parameters or []])

    def __str__(self):
        parts, before = [], None
        for p in self.parameters.values():
            if before == 0 and p.kind > 0:
                parts.append("/")
            if p.kind == 3 and before not in (2, 3):
                parts.append("*")
            parts.append(str(p))
            before = p.kind
        return "(" + ", ".join(parts + (["/"] if before == 0 else [])) + ")"

    def __repr__(self):
        return "<Signature %s>" % self


def getfullargspec(func):
    func = getattr(func, "__func__", func)
    code, named = func.__code__, func.__kwdefaults__
    args = list(code.co_varnames[:code.co_argcount])
    return FullArgSpec(args, code.co_varargs, code.co_varkw, func.__defaults__, list(code.co_varnames[code.co_argcount:code.co_argcount + code.co_kwonlyargcount]), named, {})


def signature(obj):
    if isinstance(obj, type):
        obj, bound = obj.__init__, True
    else:
        obj = obj if hasattr(obj, "__code__") else obj.__call__
        bound = hasattr(obj, "__self__")
    spec = getfullargspec(obj)
    defaults = [_empty] * (len(spec.args) - len(spec.defaults or ())) + list(spec.defaults or ())
    code = getattr(obj, "__func__", obj).__code__
    made = [Parameter(name, int(i >= code.co_posonlyargcount), default=default) for i, (name, default) in enumerate(zip(spec.args, defaults))]
    made = made[1:] if bound else made
    if spec.varargs:
        made.append(Parameter(spec.varargs, 2))
    made += [Parameter(name, 3, default=(spec.kwonlydefaults or {}).get(name, _empty)) for name in spec.kwonlyargs]
    if spec.varkw:
        made.append(Parameter(spec.varkw, 4))
    return Signature(made)


def isclass(object):
    return isinstance(object, type)


def isfunction(object):
    return hasattr(object, "__code__") and not ismethod(object)


def ismethod(object):
    return hasattr(object, "__self__") and hasattr(object, "__func__")
