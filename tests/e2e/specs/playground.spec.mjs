// The playground: a program runs as it is typed, its graph shows, and it can be stepped forward and back.
import { expect, test } from '../fixtures.mjs';

const SMALL = `import torch
x = torch.ones(2, 2, requires_grad=True)
y = x + 2
z = y * y * 3
out = z.mean()
out.backward()
print(x.grad)
`;

const TRAINING = `import torch
torch.manual_seed(0)
w = torch.tensor(0.0, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.1)
for step in range(5):
    loss = (w - 3) ** 2
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(step, round(loss.item(), 4))
`;

/** Opens a program, and waits until it stands. */
async function open(lab, text, state = 'done') {
  await lab.page.goto(`${lab.site.url}#code=${encodeURIComponent(text)}`);
  await stands(lab, state);
}

const stands = (lab, state) =>
  expect(lab.handle('program-state').first()).toHaveAttribute('data-state', state, { timeout: 30_000 });

const node = (lab, op) => lab.handle('graph').locator(`[data-node][data-op="${op}"]`);

test('a first visit shows a program that has run', async ({ lab, page }) => {
  await page.goto(lab.site.url);
  await stands(lab, 'done');
  await expect(lab.handle('graph').locator('[data-node]').first()).toBeVisible();
  await expect(lab.handle('output')).not.toBeEmpty();
});

test('the graph has a node for each op, with shape, line, value and gradient', async ({ lab }) => {
  await open(lab, SMALL);
  await expect(lab.handle('output')).toContainText('[4.5000, 4.5000]');
  await expect(node(lab, 'mul')).toHaveCount(2);
  const mean = node(lab, 'mean');
  await expect(mean).toHaveAttribute('data-line', '5');
  await expect(node(lab, 'add')).toHaveAttribute('data-shape', '2x2');
  await expect(mean.getByTestId('value')).toHaveText(/27/);
  await expect(mean.getByTestId('gradient')).toHaveText(/1/);
});

test('a node can be opened: numbers, formula, derivative and a check', async ({ lab }) => {
  await open(lab, SMALL);
  await node(lab, 'add').click();
  const inspector = lab.handle('inspector');
  await expect(inspector.getByTestId('value')).toContainText('3.0000');
  await expect(inspector.getByTestId('gradient')).toContainText('4.5000');
  await expect(inspector).toContainText('finite difference');
  await lab.page.keyboard.press('Escape');
  await expect(inspector).toHaveCount(0);
});

test('a run is stepped by lines, and back', async ({ lab }) => {
  await open(lab, TRAINING);
  await expect(lab.handle('output')).toContainText('4 1.5');
  await lab.handle('to-start').click();
  await stands(lab, 'paused');
  await expect(lab.handle('output')).not.toContainText('9.0');
  for (let i = 0; i < 3; i += 1) await lab.handle('step').click();
  await expect(node(lab, 'sub')).toHaveCount(0);
  await lab.handle('run').click();
  await stands(lab, 'done');
  await expect(lab.handle('output')).toContainText('4 1.5');
  await lab.handle('step-back').click();
  await stands(lab, 'paused');
  await expect(lab.handle('output')).not.toContainText('4 1.5');
});

test('a run is stepped by steps of the optimizer', async ({ lab }) => {
  await open(lab, TRAINING);
  await lab.handle('to-start').click();
  await stands(lab, 'paused');
  await lab.handle('unit').selectOption('optimizer step');
  for (const printed of ['0 9.0', '1 5.76']) {
    await lab.handle('step').click();
    await lab.handle('step').isEnabled();
    await expect(lab.handle('output')).not.toContainText(printed);
  }
  await lab.handle('step').click();
  await expect(lab.handle('output')).toContainText('1 5.76');
});

test('the console answers at the present moment', async ({ lab, page }) => {
  await open(lab, SMALL);
  await page.getByRole('tab', { name: 'Console' }).click();
  await lab.handle('console-input').fill('z.sum()');
  await lab.handle('console-input').press('Enter');
  await expect(lab.handle('console')).toContainText('tensor(108., grad_fn=<SumBackward0>)');
});

test('an error is told with its line and stays until it is mended', async ({ lab, page }) => {
  await open(lab, SMALL.replace('2, 2, req', '2, 3, req').replace('y * y', 'y @ y'), 'failed');
  await expect(lab.handle('diagnostics')).toContainText('mat1 and mat2 shapes cannot be multiplied');
  await page.goto(`${lab.site.url}#code=${encodeURIComponent(SMALL)}`);
  await stands(lab, 'done');
  await expect(lab.handle('diagnostics')).not.toContainText('mat1');
});

test('a program that never ends can be paused, and replaced', async ({ lab, page }) => {
  await open(lab, 'while True:\n    pass\n', 'running');
  await lab.handle('run').click();
  await stands(lab, 'paused');
  await page.goto(`${lab.site.url}#code=${encodeURIComponent(SMALL)}`);
  await stands(lab, 'done');
});

test('cuda is there where WebGPU is', async ({ lab, lane }) => {
  await open(
    lab,
    `import torch
print(torch.cuda.is_available())
device = 'cuda' if torch.cuda.is_available() else 'cpu'
a = torch.arange(6.).reshape(2, 3).to(device)
print((a @ a.t()).sum().item(), a.device.type)
`,
  );
  const [there, device] = lane === 'webgpu' ? ['True', 'cuda'] : ['False', 'cpu'];
  await expect(lab.handle('output')).toContainText(`${there}\n83.0 ${device}`);
});
