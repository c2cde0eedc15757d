# Learning rates over the epochs, by every common scheduler.
import torch
from torch.optim import SGD, lr_scheduler
from torch.optim.lr_scheduler import StepLR


def rates(make, epochs=8, lr=1.0):
    w = torch.zeros(1, requires_grad=True)
    optimizer = SGD([w], lr=lr, momentum=0.9)
    scheduler = make(optimizer)
    out = []
    for epoch in range(epochs):
        out.append("%.4f" % optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return " ".join(out)


print("StepLR           ", rates(lambda o: StepLR(o, step_size=3, gamma=0.1)))
print("MultiStepLR      ", rates(lambda o: lr_scheduler.MultiStepLR(o, milestones=[2, 5], gamma=0.5)))
print("ExponentialLR    ", rates(lambda o: lr_scheduler.ExponentialLR(o, gamma=0.9)))
print("LambdaLR         ", rates(lambda o: lr_scheduler.LambdaLR(o, lr_lambda=lambda epoch: 0.95 ** epoch)))
print("LambdaLR warm    ", rates(lambda o: lr_scheduler.LambdaLR(o, lambda e: min(1.0, (e + 1) / 4))))
print("MultiplicativeLR ", rates(lambda o: lr_scheduler.MultiplicativeLR(o, lambda e: 0.8)))
print("CosineAnnealingLR", rates(lambda o: lr_scheduler.CosineAnnealingLR(o, T_max=8, eta_min=0.1)))
print("LinearLR         ", rates(lambda o: lr_scheduler.LinearLR(o, start_factor=0.5, total_iters=4)))
print("ConstantLR       ", rates(lambda o: lr_scheduler.ConstantLR(o, factor=0.5, total_iters=3)))
print("PolynomialLR     ", rates(lambda o: lr_scheduler.PolynomialLR(o, total_iters=6, power=2.0)))
print("OneCycleLR       ", rates(lambda o: lr_scheduler.OneCycleLR(o, max_lr=1.0, total_steps=10)))
print("CyclicLR         ", rates(lambda o: lr_scheduler.CyclicLR(o, base_lr=0.1, max_lr=1.0, step_size_up=3)))
print("WarmRestarts     ", rates(lambda o: lr_scheduler.CosineAnnealingWarmRestarts(o, T_0=4)))

w = torch.zeros(1, requires_grad=True)
optimizer = SGD([w], lr=0.5)
plateau = lr_scheduler.ReduceLROnPlateau(optimizer, mode="min", factor=0.1, patience=1, verbose=True)
for epoch, loss in enumerate([1.0, 0.8, 0.9, 0.85, 0.82, 0.5, 0.6, 0.7]):
    plateau.step(loss)
    print(epoch, loss, "%g" % optimizer.param_groups[0]["lr"])

optimizer = SGD([{"params": [w], "lr": 1.0}, {"params": [torch.ones(1, requires_grad=True)], "lr": 0.1}], lr=9)
scheduler = StepLR(optimizer, 2, gamma=0.5)
for epoch in range(4):
    optimizer.step()
    scheduler.step()
    print(epoch, scheduler.get_last_lr(), scheduler.last_epoch)
print("base_lrs" in scheduler.state_dict(), scheduler.gamma, scheduler.base_lrs)
optimizer = SGD([w], lr=0.1)
s1 = lr_scheduler.ExponentialLR(optimizer, gamma=0.9)
s2 = lr_scheduler.MultiStepLR(optimizer, milestones=[1, 3], gamma=0.1)
for epoch in range(4):
    optimizer.step()
    s1.step()
    s2.step()
    print("%.6f" % optimizer.param_groups[0]["lr"], end=" ")
print()
