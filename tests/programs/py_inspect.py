"""Looking at functions and at attributes as a dict."""

import argparse
import copy
import inspect
import json
from collections import namedtuple


class HyperParameters:
    def save_hyperparameters(self, ignore=[]):
        frame = inspect.currentframe().f_back
        _, _, _, local_vars = inspect.getargvalues(frame)
        self.hparams = {k: v for k, v in local_vars.items() if k not in set(ignore + ["self"]) and not k.startswith("_")}
        for k, v in self.hparams.items():
            setattr(self, k, v)


class Model(HyperParameters):
    def __init__(self, a, b, c=3):
        self.save_hyperparameters(ignore=["c"])


model = Model(1, b=2)
print(model.a, model.b, hasattr(model, "c"), model.hparams)


def function(a, b=2, *args, c=3, **names):
    pass


print(inspect.signature(function), list(inspect.signature(function).parameters), inspect.getfullargspec(function).args)
print(function.__defaults__, function.__kwdefaults__, function.__code__.co_varnames, function.__code__.co_argcount)
print(inspect.signature(Model), inspect.signature(model.save_hyperparameters))
print(inspect.isclass(Model), inspect.isfunction(function), inspect.ismethod(model.save_hyperparameters))


class Settings:
    def __init__(self, **names):
        self.rate = 0.1
        self.__dict__.update(names)


settings = Settings(layers=3, name="x")
print(settings.layers, settings.__dict__, json.dumps(vars(settings)), "{rate}".format(**vars(settings)))
vars(settings)["extra"] = 5
print(settings.extra, len(vars(settings)), "%(rate)s" % vars(settings), list(settings.__dict__))
del settings.__dict__["extra"]
print(hasattr(settings, "extra"), vars(settings).pop("name"), hasattr(settings, "name"))
settings.__dict__ = {"only": 1}
print(settings.only, hasattr(settings, "rate"))
args = argparse.Namespace(a=1, b="t")
vars(args)["a"] = 7
print(args)


class State:
    def __init__(self):
        self.step, self.best = 0, None

    def state_dict(self):
        return {k: v for k, v in self.__dict__.items() if k != "best"}

    def load_state_dict(self, state):
        self.__dict__.update(state)


state = State()
state.load_state_dict({"step": 9})
print(state.state_dict(), copy.deepcopy(state).step)


class AttrDict(dict):
    def __init__(self, *args, **names):
        super().__init__(*args, **names)
        self.__dict__ = self


d = AttrDict(x=1)
d.y = 2
print(d.x, d["y"], d)


class DotDict(dict):
    __getattr__ = dict.get
    __setattr__ = dict.__setitem__
    __delattr__ = dict.__delitem__


d = DotDict(q=1)
d.w = 2
del d.q
print(d, d.nope, d.w)
Point = namedtuple("Point", "x y")
print(copy.deepcopy(Point(1, [2])))
