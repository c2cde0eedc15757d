// The program's own model reads what is drawn, and the test set.
import { expect, test } from '../fixtures.mjs';

const SOFTMAX = `import torch
from torch import nn
from torchvision import datasets, transforms
to_tensor = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])
train = datasets.MNIST('data', train=True, download=True, transform=to_tensor)
x = (train.data[:6000].float() / 255 - 0.1307) / 0.3081
model = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for step in range(60):
    loss = nn.functional.cross_entropy(model(x), train.targets[:6000])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`;

test('the model of the program reads digits and is tested', async ({ playground }) => {
  test.setTimeout(240_000);
  await playground.page.goto(`${playground.site.url}#code=${encodeURIComponent(SOFTMAX)}`);
  const badge = playground.handle('program-state').first();
  await expect(badge).toHaveAttribute('data-state', 'done', { timeout: 120_000 });
  await playground.handle('graph-digits').click();
  await playground.handle('lab-test').click();
  await playground.handle('test').click();
  await expect(playground.handle('tested')).toContainText('of 10', { timeout: 120_000 });
  const accuracy = Number.parseFloat(await playground.handle('tested').innerText());
  expect(accuracy).toBeGreaterThan(80);
  await expect(playground.handle('confusion').locator('tbody tr')).toHaveCount(10);
  // A misread image is put on the pad, and is read there as it was before.
  const first = playground.handle('wrong').getByRole('button').first();
  const [, label, read] = /shows (\d), read as (\d)/.exec(await first.getAttribute('aria-label'));
  await first.click();
  await expect(playground.handle('verdict')).toContainText(`shows ${label}`);
  await expect(playground.handle('verdict')).toHaveAttribute('data-right', 'false');
  await expect(playground.handle('prediction')).toContainText(read);
});

test('a program without a model says so', async ({ playground }) => {
  await playground.run('import torch\nx = torch.ones(2)\ny = x + 1\n');
  await playground.handle('graph-digits').click();
  await playground.handle('lab-test').click();
  await playground.handle('test').click();
  await expect(playground.handle('tested')).toContainText('No variable of the program holds a model', {
    timeout: 60_000,
  });
});
