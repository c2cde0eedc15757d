// Time: the timeline, forks from a moment of it, and races of several versions.
import { expect, test } from '../fixtures.mjs';
import { DESCENT } from '../playground.mjs';

/** Goes to the moment after so many steps of the optimizer. */
async function after(playground, steps) {
  await playground.handle('to-start').click();
  await playground.stands('paused');
  await playground.handle('unit').selectOption('optimizer step');
  for (let i = 1; i <= steps; i += 1) {
    await playground.handle('step').click();
    await expect(playground.handle('time-steps')).toHaveText(String(i));
  }
}

test('the timeline goes to any moment, with output and graph', async ({ playground }) => {
  await playground.run(DESCENT);
  const handle = playground.handle('time-handle');
  await handle.focus();
  await handle.press('Home');
  await playground.stands('paused');
  await expect(playground.handle('output')).not.toContainText('20.0');
  await expect(playground.node('sum')).toHaveCount(0);
  for (let i = 0; i < 3; i += 1) await handle.press('ArrowRight');
  await expect(playground.node('sum').first()).toBeVisible();
  await handle.press('End');
  await expect(playground.handle('output')).toContainText('5 0.0195');
  await playground.stands('done');
});

test('a change takes effect from a pinned moment on', async ({ playground }) => {
  await playground.run(DESCENT);
  await after(playground, 2);
  await playground.handle('fork').click();
  await expect(playground.handle('fork')).toHaveAttribute('aria-pressed', 'true');
  await playground.write(DESCENT.replace('(w ** 2).sum()', '(w ** 2).sum() + 100'));
  await playground.stands('done');
  // The first two steps have run before.
  await expect(playground.handle('output')).toContainText('1 5.0');
  await expect(playground.handle('output')).toContainText('2 101.25');
  await playground.handle('to-start').click();
  await expect(playground.handle('time-steps')).toHaveText('2');
  await playground.write('print(1)\n');
  await expect(playground.handle('diagnostics')).toContainText('pinned moment');
  await playground.handle('fork').click();
  await playground.stands('done');
  await expect(playground.handle('output')).not.toContainText('101.25');
  await expect(playground.handle('output')).toContainText('1');
});

test('versions race over the landscape of the loss', async ({ playground }) => {
  await playground.run(DESCENT);
  await playground.handle('graph-race').click();
  await expect(playground.handle('race-subject')).toContainText('lr (line 3)');
  await playground.handle('race-values').fill('0.1, 0.25, 0.5');
  await playground.handle('race-start').click();
  const lanes = playground.handle('race-lane');
  await expect(lanes).toHaveCount(3);
  await expect(lanes.nth(2)).toHaveAttribute('data-loss', '0');
  await expect(playground.handle('race-map')).toBeVisible();
  await expect(playground.handle('race-map')).toContainText('w[0]');
  await expect(playground.handle('race-map').locator('circle.stand')).toHaveCount(3);
  await playground.handle('race-steps').fill('1');
  await expect(playground.handle('race-map')).toContainText('step 1');
  await playground.handle('race-subject').selectOption({ label: 'optimizer (line 3)' });
  await expect(playground.handle('race-values')).toHaveValue('SGD, momentum, RMSprop, Adam');
  await playground.handle('race-values').fill('SGD, Adagrat');
  await playground.handle('race-start').click();
  await expect(playground.handle('race')).toContainText('Adagrat is not one of');
  await playground.handle('race-values').fill('SGD, Adam');
  await playground.handle('race-start').click();
  await expect(lanes).toHaveCount(2);
});

test('each version has a chart of its own; the best is marked, and a click takes its value over', async ({ playground }) => {
  // The accuracies that it prints are those of no model, and rise with the rate.
  await playground.run(`${DESCENT}    print(f'accuracy {100 * (1 - loss.item() / 20):.0f}%')\n`);
  await playground.handle('graph-race').click();
  await playground.handle('race-values').fill('0.1, 0.25, 0.4');
  await playground.handle('race-start').click();
  const cards = playground.handle('race-card');
  await expect(cards).toHaveCount(3);
  await expect(cards.nth(2)).toHaveClass(/best/);
  await expect(playground.handle('race-best').filter({ visible: true })).toHaveCount(1);
  await expect(cards.nth(0)).toContainText(/loss .*accuracy/);
  // Both axes are the same in all charts.
  for (const end of ['.high', '.low']) {
    const ends = await cards.locator(`.race-end${end}`).allInnerTexts();
    expect(ends).toHaveLength(6);
    for (const card of [2, 4]) expect(ends.slice(card, card + 2)).toEqual(ends.slice(0, 2));
  }
  // What is pointed at in one shows in all.
  await cards.nth(1).locator('.race-chart').first().hover();
  await expect(cards.filter({ hasText: 'step 3: loss' })).toHaveCount(3);
  await playground.page.mouse.move(0, 0);
  await expect(cards.filter({ hasText: 'step' })).toHaveCount(0);
  await cards.nth(2).click();
  await expect.poll(() => playground.text()).toContain('lr=0.4');
  await expect(cards.nth(2)).toContainText('in the text');
  await playground.handle('editor').locator('.cm-content').click();
  await playground.page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => playground.text()).toContain('lr=0.25');
  await playground.handle('race-apart').click();
  await expect(playground.handle('race-losses')).toBeVisible();
  await expect(playground.handle('race-cards')).toBeHidden();
});

test('the node where numbers stop being finite is named, and the fix mends it', async ({ playground }) => {
  await playground.run(`import torch
x = torch.tensor([0.0, 1.0], requires_grad=True)
y = torch.log(x)
loss = (y * x).sum()
loss.backward()
`);
  const problem = playground.handle('diagnostics');
  await expect(problem).toContainText('no longer finite: log (line 3)');
  await problem.getByRole('button', { name: 'Change to torch.log(x.clamp(min=1e-8))' }).click();
  await expect(problem).not.toContainText('finite');
  await expect(playground.node('clamp')).toHaveCount(1);
});

test('the kernels of a program are shown eager and fused', async ({ playground }) => {
  await playground.run(DESCENT);
  await playground.handle('graph-kernels').click();
  const kernels = async (mode) => Number(await playground.handle(`${mode}-sum`).locator('td').first().innerText());
  await expect.poll(() => kernels('eager')).toBeGreaterThan(10);
  expect(await kernels('fused')).toBeLessThan(await kernels('eager'));
  await expect(playground.handle('schedule')).toContainText('·');
  const before = await kernels('eager');
  await playground.write(DESCENT.replace('range(6)', 'range(12)'));
  await expect.poll(() => kernels('eager')).toBeGreaterThan(before + 10);
});

test('kernels on the GPU are told with their times', async ({ playground, lane, page }) => {
  test.skip(lane !== 'webgpu', 'there is no GPU');
  await playground.run(`import torch
x = torch.rand(512, 512).to('cuda')
for i in range(3):
    y = (x @ x).relu() + 1
print(y.shape)
`);
  await playground.node('matmul').first().click();
  const kernel = playground.handle('inspector').locator('.kernel').first();
  await expect(kernel).toContainText('WebGPU');
  await expect(kernel.locator('summary')).toContainText(/\d\sms/);
  await page.keyboard.press('Escape');
  await playground.handle('graph-kernels').click();
  const sum = playground.handle('eager-sum').locator('td');
  await expect(sum.nth(3)).toHaveText(/[1-9].*\sms/);
  await expect(sum.nth(4)).toHaveText(/\d[kMG]/);
  await expect(playground.handle('schedule')).toContainText('round to 0.1 ms');
  await page.screenshot({ path: new URL('../results/webgpu-kernels-gpu.png', import.meta.url).pathname });
});
