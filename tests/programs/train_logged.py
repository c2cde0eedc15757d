# A training that writes for TensorBoard and is profiled: it prints what it prints without.
import torch
from torch import nn
from torch.profiler import ProfilerActivity, profile, record_function, schedule

try:
    from torch.utils.tensorboard import SummaryWriter
except ImportError:

    class SummaryWriter:
        def __init__(self, log_dir=None, comment=""):
            self.log_dir = log_dir

        def _nothing(self, *args, **options):
            pass

        add_scalar = add_scalars = add_histogram = add_graph = add_text = add_image = flush = close = _nothing

        def __enter__(self):
            return self

        def __exit__(self, *args):
            pass


torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
x = torch.randn(32, 2)
y = x.prod(1, keepdim=True)
writer = SummaryWriter("runs/products")
writer.add_graph(model, x)
for epoch in range(20):
    loss = nn.functional.mse_loss(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    writer.add_scalar("Loss/train", loss.item(), epoch)
    writer.add_scalars("Loss", {"train": loss.item(), "zero": 0.0}, epoch)
    writer.add_histogram("weight", model[0].weight, global_step=epoch)
writer.add_text("note", "done")
writer.add_image("image", torch.zeros(3, 4, 4), 0)
writer.flush()
writer.close()
print("%.3f" % loss, writer.log_dir)
with SummaryWriter(comment="again") as other:
    other.add_scalar("one", 1.0)

with profile(activities=[ProfilerActivity.CPU], record_shapes=True) as prof:
    with record_function("model_inference"):
        out = model(x)
print(out.shape, isinstance(prof.key_averages().table(sort_by="cpu_time_total", row_limit=10), str))
ready = []
with profile(activities=[ProfilerActivity.CPU], schedule=schedule(wait=1, warmup=1, active=2, repeat=2), on_trace_ready=lambda p: ready.append(p.step_num)) as p:
    for _ in range(10):
        model(x)
        p.step()
print(ready)
with torch.autograd.profiler.profile() as old:
    with torch.autograd.profiler.record_function("step"):
        model(x)
print(len(old.key_averages().table()) > 0)
