// The program is edited from its graph: each edit is one of the text, and can be undone there.
import { expect, test } from '../fixtures.mjs';

const PROGRAM = `import torch
w = torch.tensor(2.0, requires_grad=True)
y = w * 3
z = torch.sin(y)
loss = z + 1
loss.backward()
`;

test('an op is changed, put in, taken away, and undone', async ({ playground, page }) => {
  await playground.run(PROGRAM);
  await playground.node('sin').click();
  await playground.handle('change-op').locator('summary').click();
  await playground.handle('change-op').locator('[data-option="cos"]').click();
  await expect(playground.node('cos')).toHaveCount(1);
  expect(await playground.text()).toBe(PROGRAM.replace('torch.sin', 'torch.cos'));
  await playground.node('mul').click();
  await playground.handle('insert-op').locator('summary').click();
  await playground.handle('insert-op').locator('[data-option="tanh"]').click();
  await expect(playground.node('tanh')).toHaveCount(1);
  await playground.node('cos').click();
  await playground.handle('delete-op').click();
  await expect(playground.node('cos')).toHaveCount(0);
  await page.locator('[data-testid=editor] .cm-content, textarea[data-testid=editor]').first().click();
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => playground.text()).toBe(PROGRAM);
});

test('a variable is renamed everywhere, and what cannot be edited says why', async ({ playground }) => {
  await playground.run(PROGRAM);
  await playground.node('sin').click();
  await playground.handle('rename').fill('wave');
  await playground.handle('rename').press('Enter');
  await expect.poll(() => playground.text()).toBe(PROGRAM.replace('z = ', 'wave = ').replace('z + 1', 'wave + 1'));
  // The graph follows the text.
  await expect(playground.handle('inspector')).toContainText('wave');
  await playground.handle('rename').fill('w');
  await playground.handle('rename').press('Enter');
  await expect(playground.handle('node-tools')).toContainText('taken');
});

test('a number is scrubbed with its gradient beside it', async ({ playground }) => {
  await playground.run(PROGRAM.replace('torch.sin(y)', 'y * y'));
  await playground.handle('graph').locator('[data-node][data-op=""]').first().click();
  const number = playground.handle('scrub').first();
  await expect(number).toHaveValue('2.0');
  await number.focus();
  await number.press('Alt+ArrowUp');
  await expect(number).toHaveValue('2.1');
  // The loss is (3w)² + 1: 37 at 2, with a slope of 36.
  await expect(playground.handle('tangent')).toContainText('predicted 40.6, is 40.69');
  await number.press('ArrowUp');
  await expect(playground.handle('tangent')).toBeHidden();
  expect(await playground.text()).toContain('torch.tensor(2.2');
});

test('an op is added from the palette, and an input is taken from elsewhere', async ({ playground }) => {
  await playground.run(PROGRAM);
  await playground.node('add').click();
  await playground.handle('rewire').locator('summary').click();
  await playground.handle('rewire').locator('[data-option="z ← y"]').click();
  expect(await playground.text()).toBe(PROGRAM.replace('loss = z + 1', 'loss = y + 1'));
  await expect(playground.handle('time-loss')).toHaveText('7');
  await playground.node('sin').click();
  await playground.handle('palette').fill('exp');
  await playground.handle('palette').press('Enter');
  await expect(playground.node('exp')).toHaveCount(1);
  expect(await playground.text()).toContain('z = torch.sin(y)\nexp1 = torch.exp(z)\n');
});

test('borders between the panes are moved and stay', async ({ playground, page }) => {
  await playground.run(PROGRAM);
  const width = async () => (await page.locator('.pane-code').boundingBox()).width;
  const before = await width();
  await playground.handle('divider-width').focus();
  for (let i = 0; i < 5; i += 1) await page.keyboard.press('ArrowRight');
  const after = await width();
  expect(after).toBeGreaterThan(before + 50);
  await page.reload();
  await playground.stands('done');
  expect(Math.abs((await width()) - after)).toBeLessThan(2);
});
