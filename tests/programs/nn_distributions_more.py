# Beta, Gamma and Dirichlet, mixtures, and distributions transformed.
import torch
from torch import nn
from torch.distributions import AffineTransform, Beta, Categorical, Dirichlet, ExpTransform, Gamma, Independent, LogNormal
from torch.distributions import MixtureSameFamily, Normal, SigmoidTransform, TransformedDistribution, kl_divergence
from torch.distributions.transforms import TanhTransform

T = torch.tensor
torch.manual_seed(0)


def show(*values):
    print(*["[%s]" % ", ".join("%.4f" % x for x in v.detach().reshape(-1)) for v in values])


gamma, beta = Gamma(T([0.5, 2.0, 7.0]), T([1.0, 3.0, 0.5])), Beta(T([0.5, 2.0]), T([0.5, 3.0]))
dirichlet = Dirichlet(T([[0.5, 2.0, 4.0], [1.0, 1.0, 1.0]]))
for d, value in ((gamma, T([0.2, 1.0, 3.0])), (beta, T([0.3, 0.6])), (dirichlet, T([[0.2, 0.3, 0.5], [0.1, 0.1, 0.8]]))):
    print(d, d.batch_shape, d.event_shape)
    show(d.mean, d.variance, d.log_prob(value), d.entropy())
    show(d.sample(), d.sample((2,)), d.rsample())
show(Gamma(2.0, 1.0).mode, Beta(2.0, 3.0).mode, Beta(2.0, 3.0).stddev, Beta(2.0, 3.0).expand((2,)).sample())
show(kl_divergence(gamma, Gamma(T([1.0, 1.0, 2.0]), T(1.0))), kl_divergence(beta, Beta(1.0, 2.0)), kl_divergence(dirichlet, Dirichlet(torch.ones(3))))
print(Gamma(2.0, 3.0), Beta(2.0, 3.0))
a, b = T([2.0, 0.7], requires_grad=True), T([1.5, 3.0], requires_grad=True)
Beta(a, b).log_prob(T([0.3, 0.9])).sum().backward()
show(a.grad, b.grad)
a.grad = None
(Gamma(a, b).log_prob(T([0.3, 0.9])) + Gamma(a, b).entropy()).sum().backward()
show(a.grad)
large = Gamma(3.0, 2.0).sample((2000,))
print("%.1f %.1f" % (large.mean(), large.var()))

mixture = MixtureSameFamily(Categorical(T([0.3, 0.7])), Normal(T([-1.0, 2.0]), T([0.5, 1.0])))
print(mixture)
show(mixture.mean, mixture.variance, mixture.log_prob(T([0.0, 2.0, -1.0])), mixture.sample((4,)))
planes = MixtureSameFamily(Categorical(torch.ones(3)), Independent(Normal(torch.arange(6.0).view(3, 2), torch.ones(3, 2)), 1))
print(planes.batch_shape, planes.event_shape, planes.sample((2,)).shape)
show(planes.mean, planes.variance, planes.log_prob(T([[1.0, 2.0], [0.0, 0.0]])))
means = T([0.0, 1.0], requires_grad=True)
data = T([-1.2, -0.8, 2.9, 3.1])
optimizer = torch.optim.Adam([means], lr=0.1)
for _ in range(60):
    optimizer.zero_grad()
    loss = -MixtureSameFamily(Categorical(torch.ones(2)), Normal(means, torch.ones(2))).log_prob(data).mean()
    loss.backward()
    optimizer.step()
print("%.2f" % loss)

normal = LogNormal(T([0.0, 0.5]), T([1.0, 0.25]))
print(normal, normal.batch_shape)
show(normal.mean, normal.variance, normal.mode, normal.entropy(), normal.log_prob(T([1.0, 2.0])), normal.cdf(T([1.0, 2.0])), normal.sample())
logistic = TransformedDistribution(torch.distributions.Uniform(0.0, 1.0), [SigmoidTransform().inv, AffineTransform(1.0, 2.0)])
show(logistic.sample((3,)), logistic.log_prob(T([0.5, -2.0])), logistic.cdf(T([1.0, 3.0])))
loc = T([0.2, -0.4], requires_grad=True)
squashed = TransformedDistribution(Independent(Normal(loc, T([0.5, 1.0])), 1), [TanhTransform(cache_size=1)])
print(squashed.batch_shape, squashed.event_shape)
action = squashed.rsample()
log_prob = squashed.log_prob(action)
(log_prob + action.sum()).backward()
show(action, log_prob, loc.grad)
print(ExpTransform(), AffineTransform(0.0, 2.0), ExpTransform().inv, ExpTransform()(T([0.0, 1.0])), ExpTransform().inv(T([1.0])))
moved = TransformedDistribution(Normal(0.0, 1.0), AffineTransform(T([1.0, 2.0]), -3.0))
print(moved.batch_shape)
show(moved.sample(), moved.log_prob(T([1.0, 2.0])), moved.cdf(T([1.0, 3.0])))
for bad in (lambda: Gamma(T(-1.0), T(1.0)), lambda: gamma.log_prob(T([-1.0, 2.0, 1.0])), lambda: Beta(1.0, 1.0).log_prob(T(1.5)),
            lambda: Dirichlet(T([1.0, 2.0])).log_prob(T([0.5, 0.6])), lambda: normal.log_prob(T(-1.0)), lambda: Dirichlet(T(1.0))):
    try:
        bad()
    except ValueError as error:
        print(str(error).replace("Tensor", ""))
