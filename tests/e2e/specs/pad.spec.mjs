// The pad's tools, the stages of a drawing, and what is done to it; a trained model reads it, whose weights are a file of the page.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../fixtures.mjs';

const SEVEN = [
  [
    { x: 0.3, y: 0.2 },
    { x: 0.45, y: 0.2 },
    { x: 0.6, y: 0.2 },
    { x: 0.7, y: 0.2 },
    { x: 0.6, y: 0.45 },
    { x: 0.52, y: 0.65 },
    { x: 0.45, y: 0.85 },
  ],
];

/** Opens an example and the pad. */
async function openPad(playground, title) {
  await playground.open();
  await playground.menu('program-menu');
  await playground.handle('example').filter({ hasText: title }).click();
  await expect(playground.handle('program-title')).toHaveText(title);
  await playground.stands('done');
  await playground.handle('graph-digits').click();
}

/** Draws strokes of points, 0 to 1 across the pad, with the mouse. */
async function draw(playground, strokes) {
  const pad = playground.handle('digit-pad');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  const at = ({ x, y }) => [box.x + x * box.width, box.y + y * box.height];
  for (const [first, ...rest] of strokes) {
    await playground.page.mouse.move(...at(first));
    await playground.page.mouse.down();
    for (const point of rest) await playground.page.mouse.move(...at(point), { steps: 4 });
    await playground.page.mouse.up();
  }
}

/** The grey values of a canvas, 0 to 255. */
const grey = (playground, name) =>
  playground.handle(name).evaluate((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return Array.from(data).filter((_, i) => i % 4 === 0);
  });
/** The same, once nothing has come for a moment: each stroke is read several times as it is drawn. */
async function settled(playground, name) {
  for (let before = await grey(playground, name); ; ) {
    await playground.page.waitForTimeout(200);
    const now = await grey(playground, name);
    if (JSON.stringify(now) === JSON.stringify(before)) return now;
    before = now;
  }
}
const mass = async (playground, name) => (await grey(playground, name)).reduce((sum, value) => sum + value, 0);

test('a trained model reads a drawing at once, and shows how it became a digit', async ({ playground }) => {
  await openPad(playground, 'Trained: a ConvNet');
  await draw(playground, SEVEN);
  await expect(playground.handle('prediction')).toContainText('7');
  const seen = await settled(playground, 'digit-seen');
  for (const stage of ['stage-ink', 'stage-box', 'stage-scaled', 'stage-centred']) {
    await expect.poll(() => mass(playground, stage)).toBeGreaterThan(5000);
  }
  expect(await grey(playground, 'stage-centred')).toEqual(seen);
});

test('what is done to the digit is seen by the model, and can be put back', async ({ playground }) => {
  await openPad(playground, 'Trained: softmax regression');
  await draw(playground, SEVEN);
  await expect(playground.handle('prediction')).toContainText('7');
  const before = await settled(playground, 'digit-seen');
  const same = async () => JSON.stringify(await grey(playground, 'digit-seen')) === JSON.stringify(before);
  for (const [name, value] of Object.entries({ x: 6, y: -4, angle: 90, scale: 0.5, noise: 0.5 })) {
    await playground.handle(`change-${name}`).fill(String(value));
    await expect.poll(same, name).toBe(false);
    expect(await grey(playground, 'stage-centred'), 'the stages stay').toEqual(before);
    await playground.handle('change-reset').click();
    await expect.poll(same, name).toBe(true);
  }
  // By keyboard: one step of the slider.
  await playground.handle('change-x').focus();
  await playground.page.keyboard.press('ArrowRight');
  await expect.poll(same).toBe(false);
});

test('what is done to it works for an image of the test set, too', async ({ playground }) => {
  await openPad(playground, 'Trained: a ConvNet');
  await expect(playground.handle('test-digit')).toBeEnabled({ timeout: 60_000 });
  await playground.handle('test-digit').click();
  await expect(playground.handle('prediction')).toContainText(/\d/);
  const before = await settled(playground, 'digit-seen');
  await playground.handle('change-x').fill('9');
  await expect.poll(() => grey(playground, 'digit-seen')).not.toEqual(before);
});

test('the eraser takes ink away, and a wide pen gives more of it', async ({ playground, page }) => {
  await openPad(playground, 'Trained: softmax regression');
  const bar = (y) => [Array.from({ length: 6 }, (_, i) => ({ x: 0.2 + 0.12 * i, y }))];
  await draw(playground, bar(0.5));
  await expect.poll(() => mass(playground, 'stage-ink')).toBeGreaterThan(5000);
  await settled(playground, 'stage-ink');
  const thin = await mass(playground, 'stage-ink');
  await playground.handle('pen-width').fill('50');
  await playground.handle('clear').click();
  await draw(playground, bar(0.5));
  await expect.poll(() => mass(playground, 'stage-ink')).toBeGreaterThan(1.5 * thin);
  await settled(playground, 'stage-ink');
  const wide = await mass(playground, 'stage-ink');
  await playground.handle('digit-pad').press('e');
  await expect(playground.handle('eraser')).toHaveAttribute('aria-pressed', 'true');
  await draw(playground, [[{ x: 0.7, y: 0.2 }, { x: 0.7, y: 0.5 }, { x: 0.7, y: 0.8 }]]);
  await expect.poll(() => mass(playground, 'stage-ink')).toBeLessThan(0.9 * wide);
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => mass(playground, 'stage-ink')).toBe(wide);
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
]) {
  test(`the pad can be used at ${width} pixels`, async ({ playground, page }) => {
    await page.setViewportSize({ width, height });
    await playground.open('#lab');
    await expect(playground.handle('digit-pad')).toBeVisible({ timeout: 30_000 });
    const box = await playground.handle('digit-pad').boundingBox();
    expect(box.width).toBeGreaterThan(150);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const { violations } = await new AxeBuilder({ page }).include('.pad-panel').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  });
}

test('the eraser takes ink from an image of the test set, and that can be undone', async ({ playground }) => {
  await openPad(playground, 'Trained: softmax regression');
  await expect(playground.handle('test-digit')).toBeEnabled({ timeout: 60_000 });
  await playground.handle('test-digit').click();
  await expect(playground.handle('verdict')).toContainText('Test image');
  const whole = await settled(playground, 'digit-seen');
  await playground.handle('eraser').click();
  await draw(playground, [[0.1, 0.3, 0.5, 0.7, 0.9].map((x) => ({ x, y: 0.5 }))]);
  const rubbed = await settled(playground, 'digit-seen');
  const ink = (values) => values.reduce((sum, value) => sum + value, 0);
  expect(ink(rubbed)).toBeLessThan(ink(whole));
  // It is no image of the test set any more.
  await expect(playground.handle('verdict')).not.toContainText('Test image');
  await playground.handle('undo').click();
  expect(await settled(playground, 'digit-seen')).toEqual(whole);
  await expect(playground.handle('verdict')).toContainText('Test image');
});
