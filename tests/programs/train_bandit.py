# REINFORCE on a bandit, and Q-learning in a corridor.
import random

import numpy as np
import torch
import torch.nn as nn
import torch.optim as optim
from torch.distributions import Categorical

random.seed(0)
torch.manual_seed(0)
payout = [0.1, 0.3, 0.9, 0.2]
policy = nn.Parameter(torch.zeros(4))
optimizer = optim.SGD([policy], lr=0.3)
rewards, counts = [], [0] * 4
for episode in range(300):
    probs = torch.softmax(policy, dim=0)
    action = torch.multinomial(probs, 1).item()
    reward = 1.0 if random.random() < payout[action] else 0.0
    baseline = sum(rewards[-50:]) / max(1, len(rewards[-50:]))
    loss = -torch.log(probs[action]) * (reward - baseline)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    rewards.append(reward)
    counts[action] += 1
print("best arm", policy.argmax().item(), counts, "%.2f" % probs.max().item())

m = Categorical(torch.tensor([0.25, 0.25, 0.5]))
print(m.log_prob(torch.tensor(2)), m.probs, m.entropy(), m.sample().shape, m.sample((3,)).shape)

states, goal, gamma, alpha, epsilon = 6, 5, 0.9, 0.5, 0.2
Q = np.zeros((states, 2))
np.random.seed(0)
lengths = []
for episode in range(100):
    s, steps = 0, 0
    while s != goal and steps < 100:
        if np.random.rand() < epsilon or Q[s, 0] == Q[s, 1]:
            a = np.random.randint(2)
        else:
            a = int(np.argmax(Q[s]))
        s2 = min(max(s + (1 if a == 1 else -1), 0), states - 1)
        r = 1.0 if s2 == goal else 0.0
        Q[s, a] += alpha * (r + gamma * np.max(Q[s2]) * (s2 != goal) - Q[s, a])
        s, steps = s2, steps + 1
    lengths.append(steps)
print(lengths[:5], lengths[-5:])
print(Q.round(3))
print("".join("<>"[i] for i in Q[:-1].argmax(axis=1)))


def discounted(rewards, gamma=0.99):
    R, returns = 0, []
    for r in rewards[::-1]:
        R = r + gamma * R
        returns.insert(0, R)
    returns = torch.tensor(returns)
    return (returns - returns.mean()) / (returns.std() + 1e-8)


print(discounted([0, 0, 1, 0, 2]))
