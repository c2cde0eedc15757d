# Mixed precision as a program on a machine without float16 meets it: everything stays float32.
import torch
from torch import nn
from torch.cuda.amp import GradScaler, autocast

torch.manual_seed(0)
device = "cuda" if torch.cuda.is_available() else "cpu"
x = torch.linspace(-1, 1, 32, device=device).unsqueeze(1)
y = 2 * x + 0.5
model = nn.Linear(1, 1).to(device)
with torch.no_grad():
    model.weight.fill_(0.5)
    model.bias.zero_()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
scaler = GradScaler(enabled=torch.backends.cudnn.enabled and False)
for epoch in range(40):
    optimizer.zero_grad(set_to_none=True)
    with autocast(enabled=False):
        out = model(x)
        loss = nn.functional.mse_loss(out, y)
    scaler.scale(loss).backward()
    scaler.unscale_(optimizer)
    torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)
    scaler.step(optimizer)
    scaler.update()
    if epoch % 10 == 0:
        print("epoch {}: loss {:.3f} {} {}".format(epoch, loss.item(), out.dtype, scaler.get_scale()))
print("{:.2f} {:.2f}".format(model.weight.item(), model.bias.item()))
print(scaler.state_dict(), scaler.is_enabled())
scaler.load_state_dict(scaler.state_dict())


@torch.autocast(device_type="cpu", dtype=torch.bfloat16, enabled=False)
def twice(x):
    return x @ x.t() * 2


print(twice(torch.ones(2, 2)), twice.__name__)
with torch.amp.autocast("cpu", enabled=False), torch.cpu.amp.autocast(enabled=False):
    print((torch.ones(2, 2) @ torch.ones(2, 2)).dtype, torch.is_autocast_enabled())
print(torch.float16, torch.half, torch.bfloat16, torch.float16 == torch.float32, torch.half is torch.float16)
try:
    torch.autocast("gpu")
except RuntimeError as error:
    print(error)
except AttributeError:
    print("User specified autocast device_type must be 'cuda' or 'cpu'")
