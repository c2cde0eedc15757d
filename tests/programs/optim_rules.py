# Every optimizer on the same small problem.
import torch
import torch.optim as optim


def loss_of(w):
    return (w[0] - 1) ** 2 + 10 * (w[1] + 0.5) ** 2 + (w[0] * w[1]) ** 2


def run(name, make, steps=20):
    w = torch.tensor([2.0, 1.0], requires_grad=True)
    optimizer = make([w])
    for step in range(steps):
        optimizer.zero_grad()
        loss = loss_of(w)
        loss.backward()
        optimizer.step()
        if step in (0, 4):
            print("%-18s step %2d  %s" % (name, step + 1, ["%.4f" % v for v in w.tolist()]))
    print("%-18s end      %s loss %.4f" % (name, ["%.4f" % v for v in w.tolist()], loss_of(w).item()))


run("SGD", lambda p: optim.SGD(p, lr=0.02))
run("momentum", lambda p: optim.SGD(p, lr=0.01, momentum=0.9))
run("dampening", lambda p: optim.SGD(p, lr=0.01, momentum=0.9, dampening=0.5))
run("Nesterov", lambda p: optim.SGD(p, lr=0.01, momentum=0.9, nesterov=True))
run("weight decay", lambda p: optim.SGD(p, lr=0.02, weight_decay=0.1))
run("Adam", lambda p: optim.Adam(p, lr=0.1))
run("Adam betas", lambda p: optim.Adam(p, lr=0.1, betas=(0.5, 0.99), eps=1e-6, weight_decay=0.01))
run("Adam amsgrad", lambda p: optim.Adam(p, lr=0.1, amsgrad=True))
run("AdamW", lambda p: optim.AdamW(p, lr=0.1, weight_decay=0.1))
run("Adamax", lambda p: optim.Adamax(p, lr=0.1))
run("NAdam", lambda p: optim.NAdam(p, lr=0.1))
run("RAdam", lambda p: optim.RAdam(p, lr=0.1))
run("RMSprop", lambda p: optim.RMSprop(p, lr=0.05))
run("RMSprop centered", lambda p: optim.RMSprop(p, lr=0.05, alpha=0.9, momentum=0.5, centered=True))
run("Adagrad", lambda p: optim.Adagrad(p, lr=0.5))
run("Adadelta", lambda p: optim.Adadelta(p, lr=1.0))
run("Rprop", lambda p: optim.Rprop(p, lr=0.05))
run("ASGD", lambda p: optim.ASGD(p, lr=0.02))
