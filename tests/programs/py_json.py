# Settings and logs as JSON, files and folders, warnings, writing to streams.
import json
import os
import sys
import warnings

warnings.filterwarnings("ignore")
settings = {"lr": 0.1, "layers": [16, 8], "name": "run", "seed": None, "shuffle": True, "nested": {"a": 1e-5}}
text = json.dumps(settings)
print(text)
print(json.loads(text) == settings, json.dumps([1, "é", None]), json.dumps({"b": 1, "a": 2}, sort_keys=True))
print(json.dumps({"lr": 0.1, "layers": [1, 2], "empty": []}, indent=2))
print(json.loads('[1, 2.5, "x", true, null, {"k": [ ]}]'), type(json.loads("1.0")).__name__, json.loads('"\\u00e9"'))
os.makedirs("runs/first", exist_ok=True)
path = os.path.join("runs", "first", "settings.json")
with open(path, "w") as f:
    json.dump(settings, f)
with open(path) as f:
    print(json.load(f)["layers"], os.path.getsize(path) == len(text))
print(os.listdir("runs"), os.path.isdir("runs"), os.path.isfile(path), os.path.splitext(path)[1])
try:
    json.loads("{bad}")
except ValueError as e:
    print(type(e).__name__, e)
try:
    json.dumps({1, 2})
except TypeError as e:
    print("TypeError:", e)
sys.stdout.write("written\n")
history = []
for epoch in range(3):
    history.append({"epoch": epoch, "loss": round(1 / (epoch + 1), 3)})
print(json.dumps(history[-1]), [h["loss"] for h in history])


class Encoder(json.JSONEncoder):
    def default(self, o):
        return sorted(o) if isinstance(o, set) else super().default(o)


print(json.dumps({"set": {2, 1}}, cls=Encoder))
try:
    json.dumps(object(), cls=Encoder)
except TypeError as error:
    print(error)
