"""REINFORCE on a corridor that we write ourselves."""
from collections import deque, namedtuple
from itertools import count
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim
from torch.distributions import Categorical

Step = namedtuple('Step', ('state', 'action', 'reward', 'log_prob'))

class Corridor:
    """Walk right to the end within ten steps."""
    n_actions = 2

    def __init__(self, length=5):
        self.length = length

    def reset(self):
        self.at, self.t = 0, 0
        return self._state()

    def _state(self):
        return np.eye(self.length, dtype=np.float32)[self.at]

    def step(self, action):
        self.at = max(0, min(self.length - 1, self.at + (1 if action == 1 else -1)))
        self.t += 1
        done = self.at == self.length - 1 or self.t >= 10
        return self._state(), 1.0 if self.at == self.length - 1 else -0.1, done, {}

class Policy(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.affine1 = nn.Linear(n, 16)
        self.dropout = nn.Dropout(p=0.1)
        self.affine2 = nn.Linear(16, 2)
        self.saved_log_probs = []
        self.rewards = []

    def forward(self, x):
        x = F.relu(self.dropout(self.affine1(x)))
        return F.softmax(self.affine2(x), dim=1)

torch.manual_seed(543)
env = Corridor()
policy = Policy(env.length)
optimizer = optim.Adam(policy.parameters(), lr=1e-2)
eps = np.finfo(np.float32).eps.item()
print(eps)

def select_action(state):
    state = torch.from_numpy(state).float().unsqueeze(0)
    probs = policy(state)
    m = Categorical(probs)
    action = m.sample()
    policy.saved_log_probs.append(m.log_prob(action))
    return action.item()

def finish_episode(gamma=0.99):
    R, policy_loss, returns = 0, [], deque()
    for r in policy.rewards[::-1]:
        R = r + gamma * R
        returns.appendleft(R)
    returns = torch.tensor(returns)
    if len(returns) > 1:
        returns = (returns - returns.mean()) / (returns.std() + eps)
    for log_prob, R in zip(policy.saved_log_probs, returns):
        policy_loss.append(-log_prob * R)
    optimizer.zero_grad()
    policy_loss = torch.cat(policy_loss).sum()
    policy_loss.backward()
    optimizer.step()
    del policy.rewards[:]
    del policy.saved_log_probs[:]

running_reward = 0.0
for i_episode in count(1):
    state, ep_reward = env.reset(), 0
    for t in range(1, 100):
        action = select_action(state)
        state, reward, done, _ = env.step(action)
        policy.rewards.append(reward)
        ep_reward += reward
        if done:
            break
    running_reward = 0.05 * ep_reward + (1 - 0.05) * running_reward
    finish_episode()
    if i_episode % 10 == 0:
        print('Episode {}\tLast reward: {:.2f}\tAverage reward: {:.2f}'.format(i_episode, ep_reward, running_reward))
    if i_episode >= 40:
        break
memory = deque(maxlen=3)
for i in range(5):
    memory.append(Step(i, i % 2, float(i), None))
print(Step(*zip(*memory)).reward, memory[0]._replace(reward=9.0), Step._fields)
m = Categorical(torch.tensor([0.25, 0.75]))
print(m, m.probs, m.entropy(), m.log_prob(torch.tensor(1)))
