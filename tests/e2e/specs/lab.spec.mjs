// The lab: inside the program's model, its training, what changes it, and what it leaves behind.
import { readFile } from 'node:fs/promises';

import { expect, test } from '../fixtures.mjs';

/** Learns to tell a part of MNIST, one batch after the other. */
const TRAINING = `import torch
from torch import nn
from torchvision import datasets
torch.manual_seed(3)
train = datasets.MNIST('data', train=True, download=True)
test = datasets.MNIST('data', train=False, download=True)
def pixels(images):
    return images.view(-1, 784).float() / 255
model = nn.Linear(784, 10)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for step in range(STEPS):
    batch = torch.arange(step * 100 % 60000, step * 100 % 60000 + 100)
    loss = nn.functional.cross_entropy(model(pixels(train.data[batch])), train.targets[batch])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print('done')
`;

const OPENING = 120_000;

/** Opens a program with the lab beside it. */
async function open(playground, text) {
  await playground.page.goto(`${playground.site.url}#code=${encodeURIComponent(text)}`);
  await playground.handle('graph-digits').click();
}

const done = (playground) =>
  expect(playground.handle('program-state').first()).toHaveAttribute('data-state', 'done', { timeout: OPENING });

/** A stroke down the middle of the pad. */
async function drawOne(playground) {
  const pad = playground.handle('digit-pad');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  const { mouse } = playground.page;
  await mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.2);
  await mouse.down();
  await mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5);
  await mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.85);
  await mouse.up();
}

test('a training is measured, and its model looked into, tested and described', async ({ playground }) => {
  test.setTimeout(300_000);
  await open(playground, TRAINING.replace('STEPS', '300'));
  await done(playground);
  await playground.handle('lab-training').click();
  await expect(playground.handle('measured')).toContainText('Step 300: test accuracy 8', { timeout: 60_000 });
  await expect(playground.handle('spreads').locator('canvas')).toHaveCount(4);
  await expect(playground.handle('accuracy-chart')).toHaveAttribute('aria-label', /At step 300: train 8/);

  await playground.handle('lab-layers').click();
  await drawOne(playground);
  await expect(playground.handle('because')).toBeVisible({ timeout: 30_000 });
  await expect(playground.handle('sum-unit')).toHaveValue('1');
  const sum = await playground.handle('sum').innerText();
  const [, product, sign, bias, total] = /bias: (-?[\d.e-]+) ([+−]) ([\d.e-]+) = (-?[\d.e-]+)/.exec(sum);
  expect(Number(product) + (sign === '+' ? 1 : -1) * Number(bias)).toBeCloseTo(Number(total), 1);
  await playground.handle('sum-unit').fill('8');
  await playground.handle('sum-unit').press('Tab');
  await expect(playground.handle('sum')).not.toHaveText(sum);

  await playground.handle('lab-test').click();
  await playground.handle('test').click();
  await expect(playground.handle('tested')).toContainText('of 10', { timeout: OPENING });
  await expect(playground.handle('calibration')).toBeVisible();

  await playground.handle('lab-data').click();
  await expect(playground.handle('browsed')).toHaveText(/10.000 test images/);
  await playground.handle('digit').selectOption('4');
  await expect(playground.handle('browsed')).toContainText('982 test images of the digit 4');
  await playground.page.getByRole('button', { name: 'Wrong', exact: true }).click();
  await expect(playground.handle('browsed')).toContainText('read wrong');
  const first = playground.handle('images').getByRole('button').first();
  await first.click();
  await expect(playground.handle('verdict')).toHaveAttribute('data-right', 'false');

  await playground.handle('lab-model').click();
  await expect(playground.handle('model')).toContainText('Linear(in_features=784, out_features=10, bias=True)');
  const download = playground.page.waitForEvent('download');
  await playground.handle('card').click();
  const card = await readFile(await (await download).path(), 'utf8');
  expect(card).toContain('- Seed: 3');
  expect(card).toMatch(/Test accuracy: 8\d\.\d+/);
});

test('a drawing is learned, and weights go out and come in', async ({ playground }) => {
  test.setTimeout(300_000);
  await open(playground, TRAINING.replace('STEPS', '200'));
  await done(playground);
  await drawOne(playground);
  await expect(playground.handle('prediction')).toHaveText(/^\s*1/, { timeout: 30_000 });
  await playground.handle('lab-model').click();
  await playground.handle('export').click();
  await playground.handle('files-tab').click();
  const files = playground.handle('files');
  await expect(files).toContainText('model.safetensors');
  const download = playground.page.waitForEvent('download');
  await files.getByRole('button', { name: 'Download model.safetensors' }).click();
  const weights = await (await download).path();

  await playground.handle('lab-layers').click();
  await playground.handle('label').selectOption('7');
  for (let times = 0; times < 12; times++) {
    await playground.handle('teach').click();
    await playground.page.waitForTimeout(100);
  }
  await expect(playground.handle('model-changed')).toContainText('One step on this drawing as a 7.');
  await expect(playground.handle('prediction')).toHaveText(/^\s*7/, { timeout: 30_000 });

  await playground.handle('lab-model').click();
  await playground.handle('weights-input').setInputFiles({
    name: 'model.safetensors',
    mimeType: 'application/octet-stream',
    buffer: await readFile(weights),
  });
  await expect(playground.handle('model-changed')).toContainText('The model has the weights of');
  await expect(playground.handle('prediction')).toHaveText(/^\s*1/, { timeout: 30_000 });
  await playground.handle('weights-input').setInputFiles({
    name: 'other.npy',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from('no array'),
  });
  await expect(playground.handle('model-changed')).toContainText('Nothing was changed');

  // An image that is read right is changed until it is read wrong.
  await playground.handle('lab-layers').click();
  await playground.handle('label').selectOption('1');
  await playground.handle('fool').click();
  await expect(playground.handle('prediction')).not.toHaveText(/^\s*1/, { timeout: 30_000 });
});

test('a training takes edits while it goes on, and outlives a reload', async ({ playground }) => {
  test.setTimeout(300_000);
  const text = TRAINING.replace('STEPS', '100000');
  await open(playground, text);
  const steps = async () =>
    Number((await playground.handle('time-steps').innerText()).replace(/[^\d]/g, '') || 'NaN');
  await expect.poll(steps, { timeout: OPENING }).toBeGreaterThan(100);
  await playground.handle('lab-training').click();
  await playground.handle('live').click();
  const before = await steps();
  await playground.write(text.replace('lr=0.1', 'lr=0.05'));
  await expect.poll(steps, { timeout: 60_000 }).toBeGreaterThan(before);
  await expect(playground.handle('program-state').first()).toHaveAttribute('data-state', 'running');
  await playground.handle('run').click();
  await expect(playground.handle('program-state').first()).toHaveAttribute('data-state', 'paused', { timeout: 30_000 });

  // Loops that have begun keep their range; the optimizer keeps its rate: another text with a new run is offered what was kept.
  await playground.handle('live').click();
  await playground.write(text.replace('lr=0.1', 'lr=0.2'));
  await playground.page.evaluate(() => caches.delete('seegrad'));
  await expect.poll(steps, { timeout: OPENING }).toBeGreaterThan(100);
  await expect.poll(() => playground.page.evaluate(async () => (await (await caches.open('seegrad')).keys()).length), { timeout: 60_000 }).toBe(1);
  await playground.page.reload();
  await playground.handle('graph-digits').click();
  await expect(playground.handle('kept')).toBeVisible({ timeout: OPENING });
  const kept = Number(/step ([\d,\u2009\u202f ]+)/.exec(await playground.handle('kept').innerText())[1].replace(/[^\d]/g, ''));
  await expect(playground.handle('kept')).toContainText(/in round [\d,\u2009\u202f ]+ of the loop in line 11/);
  await playground.handle('resume').click();
  await expect.poll(steps, { timeout: 60_000 }).toBeGreaterThanOrEqual(kept);
  await expect(playground.handle('model-changed')).toContainText(/goes on behind step \d+, with round \d+ of the loop in line 11/);
});
