class SGD(_Native):
    _algorithm = "SGD"

    def __init__(self, params, lr=required, momentum=0, dampening=0, weight_decay=0, nesterov=False, *, maximize=False, foreach=None, differentiable=False):
        defaults = dict(lr=lr, momentum=momentum, dampening=dampening, weight_decay=weight_decay, nesterov=nesterov, maximize=maximize, foreach=foreach, differentiable=differentiable)
        super().__init__(params, defaults)


class Adam(_Native):
    _algorithm = "Adam"

    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, amsgrad=False, *, foreach=None, maximize=False, capturable=False, differentiable=False, fused=False):
        defaults = dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay, amsgrad=amsgrad, maximize=maximize, foreach=foreach, capturable=capturable, differentiable=differentiable, fused=fused)
        super().__init__(params, defaults)


class AdamW(_Native):
    _algorithm = "AdamW"

    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0.01, amsgrad=False, *, maximize=False, foreach=None, capturable=False):
        defaults = dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay, amsgrad=amsgrad, foreach=foreach, maximize=maximize, capturable=capturable)
        super().__init__(params, defaults)


class RMSprop(_Native):
    _algorithm = "RMSprop"

    def __init__(self, params, lr=0.01, alpha=0.99, eps=1e-08, weight_decay=0, momentum=0, centered=False, foreach=None, maximize=False, differentiable=False):
        defaults = dict(lr=lr, momentum=momentum, alpha=alpha, eps=eps, centered=centered, weight_decay=weight_decay, foreach=foreach, maximize=maximize, differentiable=differentiable)
        super().__init__(params, defaults)


class Adagrad(_Native):
    _algorithm = "Adagrad"

    def __init__(self, params, lr=0.01, lr_decay=0, weight_decay=0, initial_accumulator_value=0, eps=1e-10, foreach=None, *, maximize=False):
        defaults = dict(lr=lr, lr_decay=lr_decay, eps=eps, weight_decay=weight_decay, initial_accumulator_value=initial_accumulator_value, foreach=foreach, maximize=maximize)
        super().__init__(params, defaults)


class Adadelta(_Native):
    _algorithm = "Adadelta"

    def __init__(self, params, lr=1.0, rho=0.9, eps=1e-06, weight_decay=0, foreach=None, *, maximize=False):
        defaults = dict(lr=lr, rho=rho, eps=eps, weight_decay=weight_decay, maximize=maximize, foreach=foreach)
        super().__init__(params, defaults)


class Adamax(_Native):
    _algorithm = "Adamax"

    def __init__(self, params, lr=0.002, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, foreach=None, *, maximize=False):
        defaults = dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay, foreach=foreach, maximize=maximize)
        super().__init__(params, defaults)


class NAdam(_Native):
    _algorithm = "NAdam"

    def __init__(self, params, lr=0.002, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, momentum_decay=0.004, foreach=None):
        defaults = dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay, momentum_decay=momentum_decay, foreach=foreach)
        super().__init__(params, defaults)


class RAdam(_Native):
    _algorithm = "RAdam"

    def __init__(self, params, lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, foreach=None):
        defaults = dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay, foreach=foreach)
        super().__init__(params, defaults)


class _Composed(Optimizer):
    # One whose update is written here, over tensors.
    def step(self, closure=None):
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        with torch.no_grad():
            for group in self.param_groups:
                for param in group["params"]:
                    if param.grad is not None:
                        grad = -param.grad if group["maximize"] else param.grad
                        self._update(param, grad, group, self.state[param])
        return loss


class Rprop(_Composed):
    def __init__(self, params, lr=0.01, etas=(0.5, 1.2), step_sizes=(1e-06, 50), foreach=None, maximize=False):
        if not 0.0 <= lr:
            raise ValueError("Invalid learning rate: %s" % lr)
        if not 0.0 < etas[0] < 1.0 < etas[1]:
            raise ValueError("Invalid eta values: %s, %s" % (etas[0], etas[1]))
        super().__init__(params, dict(lr=lr, etas=etas, step_sizes=step_sizes, foreach=foreach, maximize=maximize))

    def _update(self, param, grad, group, state):
        if not state:
            state["step"] = 0
            state["prev"] = torch.zeros_like(param)
            state["step_size"] = torch.full_like(grad, group["lr"])
        state["step"] += 1
        shrink, grow = group["etas"]
        least, most = group["step_sizes"]
        agreement = grad * state["prev"]
        factor = torch.where(agreement > 0, grow, torch.where(agreement < 0, shrink, 1.0))
        state["step_size"].copy_((state["step_size"] * factor).clamp(least, most))
        grad = torch.where(agreement < 0, torch.zeros_like(grad), grad)
        param.sub_(grad.sign() * state["step_size"])
        state["prev"].copy_(grad)


class ASGD(_Composed):
    def __init__(self, params, lr=0.01, lambd=0.0001, alpha=0.75, t0=1000000.0, weight_decay=0, foreach=None, maximize=False):
        if not 0.0 <= lr:
            raise ValueError("Invalid learning rate: %s" % lr)
        if not 0.0 <= weight_decay:
            raise ValueError("Invalid weight_decay value: %s" % weight_decay)
        super().__init__(params, dict(lr=lr, lambd=lambd, alpha=alpha, t0=t0, weight_decay=weight_decay, foreach=foreach, maximize=maximize))

    def _update(self, param, grad, group, state):
        if not state:
            state["step"] = torch.tensor(0.0)
            state["eta"] = torch.tensor(group["lr"])
            state["mu"] = torch.tensor(1.0)
            state["ax"] = torch.zeros_like(param)
        state["step"] += 1
        step, eta, mu = state["step"].item(), state["eta"].item(), state["mu"].item()
        if group["weight_decay"] != 0:
            grad = grad + group["weight_decay"] * param
        param.mul_(1 - group["lambd"] * eta)
        param.add_(grad, alpha=-eta)
        state["ax"].copy_(param if mu == 1 else state["ax"] + (param - state["ax"]) * mu)
        state["eta"] = torch.tensor(group["lr"] / (1 + group["lambd"] * group["lr"] * step) ** group["alpha"])
        state["mu"] = torch.tensor(1 / max(1, step - group["t0"]))


def _cubic_minimum(a, b, bounds=None):
    # Where the cubic through two points (step, value, gradient, slope) is least, within bounds.
    (x1, f1, _, g1), (x2, f2, _, g2) = a, b
    low, high = bounds if bounds is not None else (min(x1, x2), max(x1, x2))
    d1 = g1 + g2 - 3 * (f1 - f2) / (x1 - x2)
    square = d1 ** 2 - g1 * g2
    if not square >= 0:
        return (low + high) / 2.0
    d2 = square.sqrt()
    if x1 <= x2:
        least = x2 - (x2 - x1) * ((g2 + d2 - d1) / (g2 - g1 + 2 * d2))
    else:
        least = x1 - (x1 - x2) * ((g1 + d2 - d1) / (g1 - g2 + 2 * d2))
    return min(max(least, low), high)


def _strong_wolfe(at, t, start, longest, tolerance, c1=1e-4, c2=0.9, most=25):
    # A line search for the strong Wolfe conditions (Nocedal and Wright, algorithms 3.5 and 3.6); `at` evaluates a step. Points are
    # (step, value, gradient, slope).
    _, f, _, slope = start
    last, new = start, at(t)
    count, tries, pair = 1, 0, None
    while tries < most:
        if new[1] > f + c1 * new[0] * slope or tries > 1 and new[1] >= last[1]:
            pair = [last, new]
            break
        if abs(new[3]) <= -c2 * slope:
            return new, count
        if new[3] >= 0:
            pair = [last, new]
            break
        bounds = (new[0] + 0.01 * (new[0] - last[0]), new[0] * 10)
        last, new = new, at(_cubic_minimum(last, new, bounds))
        count += 1
        tries += 1
    if pair is None:
        pair = [start, new]
    stuck = False
    low, high = (0, 1) if pair[0][1] <= pair[1][1] else (1, 0)
    while tries < most and abs(pair[1][0] - pair[0][0]) * longest >= tolerance:
        t = _cubic_minimum(pair[0], pair[1])
        left, right = min(pair[0][0], pair[1][0]), max(pair[0][0], pair[1][0])
        margin = 0.1 * (right - left)
        if min(right - t, t - left) < margin:
            if stuck or t >= right or t <= left:
                t = right - margin if abs(t - right) < abs(t - left) else left + margin
                stuck = False
            else:
                stuck = True
        else:
            stuck = False
        new = at(t)
        count += 1
        tries += 1
        if new[1] > f + c1 * t * slope or new[1] >= pair[low][1]:
            pair[high] = new
            low, high = (0, 1) if pair[0][1] <= pair[1][1] else (1, 0)
            continue
        done = abs(new[3]) <= -c2 * slope
        if not done and new[3] * (pair[high][0] - pair[low][0]) >= 0:
            pair[high] = pair[low]
        pair[low] = new
        if done:
            break
    return pair[low], count


class LBFGS(Optimizer):
    def __init__(self, params, lr=1, max_iter=20, max_eval=None, tolerance_grad=1e-07, tolerance_change=1e-09, history_size=100, line_search_fn=None):
        if max_eval is None:
            max_eval = max_iter * 5 // 4
        super().__init__(params, dict(lr=lr, max_iter=max_iter, max_eval=max_eval, tolerance_grad=tolerance_grad, tolerance_change=tolerance_change, history_size=history_size, line_search_fn=line_search_fn))
        if len(self.param_groups) != 1:
            raise ValueError("LBFGS doesn't support per-parameter options (parameter groups)")
        self._params = self.param_groups[0]["params"]

    def _gradient(self):
        parts = [torch.zeros(p.numel()) if p.grad is None else p.grad.reshape(-1) for p in self._params]
        return torch.cat(parts).detach()

    def _move(self, step, direction):
        place = 0
        with torch.no_grad():
            for p in self._params:
                size = p.numel()
                p.add_(direction[place:place + size].view_as(p), alpha=float(step))
                place += size

    def _direction(self, gradient, pairs):
        # The two loops over the last changes of parameters and gradients (Nocedal 1980).
        q = -gradient
        alphas = []
        for change, s, rho in reversed(pairs):
            alpha = rho * torch.dot(s, q)
            alphas.append(alpha)
            q = q - alpha * change
        change, s, rho = pairs[-1]
        q = q * (1.0 / rho / torch.dot(change, change))
        for (change, s, rho), alpha in zip(pairs, reversed(alphas)):
            q = q + s * (alpha - rho * torch.dot(change, q))
        return q

    def _search(self, closure, t, direction, loss, gradient, slope):
        # Where along the direction the strong Wolfe conditions hold: the loss, the gradient and the step there.
        start = [p.detach().clone() for p in self._params]

        def at(t):
            self._move(t, direction)
            with torch.enable_grad():
                loss = float(closure())
            gradient = self._gradient()
            with torch.no_grad():
                for p, value in zip(self._params, start):
                    p.copy_(value)
            return t, loss, gradient, gradient.dot(direction)

        found, count = _strong_wolfe(at, t, (0, loss, gradient, slope), direction.abs().max(), self.param_groups[0]["tolerance_change"])
        self._move(found[0], direction)
        return found[1], found[2], found[0], count

    def step(self, closure):
        group = self.param_groups[0]
        if group["line_search_fn"] not in (None, "strong_wolfe"):
            raise RuntimeError("only 'strong_wolfe' is supported")
        state = self.state[self._params[0]]
        state.setdefault("func_evals", 0)
        state.setdefault("n_iter", 0)
        with torch.enable_grad():
            first = closure()
        loss = float(first)
        evaluations = 1
        state["func_evals"] += 1
        gradient = self._gradient()
        if float(gradient.abs().max()) <= group["tolerance_grad"]:
            return first
        pairs = state.get("pairs", [])
        direction, t, before = state.get("d"), state.get("t"), state.get("prev_flat_grad")
        for i in range(1, group["max_iter"] + 1):
            state["n_iter"] += 1
            if state["n_iter"] == 1:
                direction = -gradient
            else:
                change, s = gradient - before, direction * t
                curvature = float(torch.dot(change, s))
                if curvature > 1e-10:
                    pairs = (pairs + [(change, s, 1.0 / curvature)])[-group["history_size"]:]
                direction = self._direction(gradient, pairs) if pairs else -gradient
            before = gradient
            old = loss
            t = min(1.0, 1.0 / float(gradient.abs().sum())) * group["lr"] if state["n_iter"] == 1 else group["lr"]
            slope = torch.dot(gradient, direction)
            if slope > -group["tolerance_change"]:
                break
            if group["line_search_fn"] is not None:
                loss, gradient, t, count = self._search(closure, t, direction, loss, gradient, slope)
                evaluations += count
                state["func_evals"] += count
            else:
                self._move(t, direction)
                if i < group["max_iter"]:
                    with torch.enable_grad():
                        loss = float(closure())
                    gradient = self._gradient()
                    evaluations += 1
                    state["func_evals"] += 1
            if i == group["max_iter"] or evaluations >= group["max_eval"]:
                break
            if float(gradient.abs().max()) <= group["tolerance_grad"]:
                break
            if float((direction * t).abs().max()) <= group["tolerance_change"] or abs(loss - old) < group["tolerance_change"]:
                break
        state.update(d=direction, t=t, pairs=pairs, prev_flat_grad=before)
        return first


# What comes when it is asked for.
@property
def lr_scheduler():
    import torch.optim.lr_scheduler

    return torch.optim.lr_scheduler


@property
def swa_utils():
    import torch.optim.swa_utils

    return torch.optim.swa_utils
