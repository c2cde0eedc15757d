"""Distributions: what they print, what they refuse."""
import torch
from torch import distributions as dist
from torch.distributions import Normal, Categorical, Bernoulli, Uniform, kl_divergence

torch.manual_seed(0)
for d in (Normal(0.0, 1.0), Normal(torch.zeros(3), torch.ones(3)), Normal(torch.tensor([0.0]), torch.tensor([2.0])), Bernoulli(0.3), Bernoulli(logits=torch.tensor([1.0, 2.0])),
          Categorical(torch.tensor([0.25, 0.75])), Categorical(logits=torch.zeros(2, 3)), Uniform(0, 1.0), Uniform(torch.tensor([0.0, 1.0]), torch.tensor([2.0, 3.0]))):
    print(d, d.batch_shape, d.event_shape, d.sample().shape)
    print(d.support, d.mean, d.variance)

def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, "|", e)

attempt(lambda: Normal(0.0, -1.0))
attempt(lambda: Normal(torch.tensor([0.0, float("nan")]), 1.0))
attempt(lambda: Bernoulli(1.5))
attempt(lambda: Categorical(torch.tensor([-1.0, 2.0])))
attempt(lambda: Uniform(2.0, 1.0))
attempt(lambda: Bernoulli(0.3).log_prob(torch.tensor(2.0)))
attempt(lambda: Normal(0.0, 1.0).log_prob(torch.tensor(float("nan"))))
attempt(lambda: Categorical(torch.ones(3)).log_prob(torch.tensor(3)))
attempt(lambda: Categorical(torch.ones(3)).log_prob(torch.tensor(2)))
attempt(lambda: Uniform(0.0, 1.0).log_prob(torch.tensor(2.0)))
attempt(lambda: Uniform(0.0, 1.0, validate_args=False).log_prob(torch.tensor(2.0)))
attempt(lambda: Bernoulli(probs=0.1, logits=0.2))
attempt(lambda: Normal(torch.zeros(2), torch.ones(3)))
attempt(lambda: Normal(0.0, 1.0).log_prob("x"))
attempt(lambda: kl_divergence(Normal(0.0, 1.0), Normal(1.0, 2.0)))
attempt(lambda: kl_divergence(Categorical(torch.tensor([0.5, 0.5])), Categorical(torch.tensor([0.1, 0.9]))))
attempt(lambda: kl_divergence(Bernoulli(0.5), Bernoulli(0.25)))
attempt(lambda: kl_divergence(Normal(0.0, 1.0), Uniform(0.0, 1.0)))
print(dist.Exponential(torch.tensor(2.0)).mean, dist.Exponential(2.0).log_prob(torch.tensor(1.0)))
d = dist.MultivariateNormal(torch.zeros(2), torch.eye(2))
print(d, d.log_prob(torch.ones(2)), d.entropy())
d = dist.Independent(Normal(torch.zeros(3), torch.ones(3)), 1)
print(d, d.log_prob(torch.zeros(3)))
print(dist.Poisson(3.0).log_prob(torch.tensor(2.0)))
b = dist.Binomial(10, torch.tensor(0.3))
print(b.mean, b.log_prob(torch.tensor(3.0)))
print(Categorical(probs=torch.tensor([1.0, 1.0, 2.0])).enumerate_support())
print(Normal(0.0, 1.0).cdf(torch.tensor(1.96)), Normal(torch.zeros(2), 1.0).expand((3, 2)).batch_shape)
print(dist.OneHotCategorical(torch.tensor([0.2, 0.8])).log_prob(torch.tensor([0.0, 1.0])))
