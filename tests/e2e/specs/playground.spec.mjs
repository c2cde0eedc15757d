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

test('a first visit shows a program that has run', async ({ playground, page }) => {
  await page.goto(playground.site.url);
  await playground.stands('done');
  await expect(playground.handle('graph').locator('[data-node]').first()).toBeVisible();
  await expect(playground.handle('output')).not.toBeEmpty();
});

test('the graph has a node for each op, with shape, line, value and gradient', async ({ playground }) => {
  await playground.run(SMALL);
  await expect(playground.handle('output')).toContainText('[4.5000, 4.5000]');
  await expect(playground.node('mul')).toHaveCount(2);
  const mean = playground.node('mean');
  await expect(mean).toHaveAttribute('data-line', '5');
  await expect(playground.node('add')).toHaveAttribute('data-shape', '2x2');
  await expect(mean.getByTestId('value')).toHaveText(/27/);
  await expect(mean.getByTestId('gradient')).toHaveText(/1/);
});

test('a node can be opened: numbers, formula, derivative and a check', async ({ playground }) => {
  await playground.run(SMALL);
  await playground.node('add').click();
  const inspector = playground.handle('inspector');
  await expect(inspector.getByTestId('value')).toContainText('3.0000');
  await expect(inspector.getByTestId('gradient')).toContainText('4.5000');
  await expect(inspector).toContainText('finite difference');
  await playground.page.keyboard.press('Escape');
  await expect(inspector).toHaveCount(0);
});

test('a run is stepped by lines, and back', async ({ playground }) => {
  await playground.run(TRAINING);
  await expect(playground.handle('output')).toContainText('4 1.5');
  await playground.handle('to-start').click();
  await playground.stands('paused');
  await expect(playground.handle('output')).not.toContainText('9.0');
  for (let i = 0; i < 3; i += 1) await playground.handle('step').click();
  await expect(playground.node('sub')).toHaveCount(0);
  await playground.handle('run').click();
  await playground.stands('done');
  await expect(playground.handle('output')).toContainText('4 1.5');
  await playground.handle('step-back').click();
  await playground.stands('paused');
  await expect(playground.handle('output')).not.toContainText('4 1.5');
});

test('a run is stepped by steps of the optimizer', async ({ playground }) => {
  await playground.run(TRAINING);
  await playground.handle('to-start').click();
  await playground.stands('paused');
  await playground.handle('unit').selectOption('optimizer step');
  for (const printed of ['0 9.0', '1 5.76']) {
    await playground.handle('step').click();
    await playground.handle('step').isEnabled();
    await expect(playground.handle('output')).not.toContainText(printed);
  }
  await playground.handle('step').click();
  await expect(playground.handle('output')).toContainText('1 5.76');
});

test('the console answers at the present moment', async ({ playground, page }) => {
  await playground.run(SMALL);
  await page.getByRole('tab', { name: 'Console' }).click();
  await playground.handle('console-input').fill('z.sum()');
  await playground.handle('console-input').press('Enter');
  await expect(playground.handle('console')).toContainText('tensor(108., grad_fn=<SumBackward0>)');
});

test('an error is told with its line and stays until it is mended', async ({ playground, page }) => {
  await playground.run(SMALL.replace('2, 2, req', '2, 3, req').replace('y * y', 'y @ y'), 'failed');
  await expect(playground.handle('diagnostics')).toContainText('mat1 and mat2 shapes cannot be multiplied');
  await page.goto(`${playground.site.url}#code=${encodeURIComponent(SMALL)}`);
  await playground.stands('done');
  await expect(playground.handle('diagnostics')).not.toContainText('mat1');
});

test('a program that never ends can be paused, and replaced', async ({ playground, page }) => {
  await playground.run('while True:\n    pass\n', 'running');
  await playground.handle('run').click();
  await playground.stands('paused');
  await page.goto(`${playground.site.url}#code=${encodeURIComponent(SMALL)}`);
  await playground.stands('done');
});

test('cuda is there where WebGPU is', async ({ playground, lane }) => {
  await playground.run(
    `import torch
print(torch.cuda.is_available())
device = 'cuda' if torch.cuda.is_available() else 'cpu'
a = torch.arange(6.).reshape(2, 3).to(device)
print((a @ a.t()).sum().item(), a.device.type)
`,
  );
  const [there, device] = lane === 'webgpu' ? ['True', 'cuda'] : ['False', 'cpu'];
  await expect(playground.handle('output')).toContainText(`${there}\n83.0 ${device}`);
});
