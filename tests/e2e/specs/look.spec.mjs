// How the page looks and feels: at three sizes, in both themes, to assistive technology, and while it trains.
import AxeBuilder from '@axe-core/playwright';
import { fileURLToPath } from 'node:url';
import { expect, test } from '../fixtures.mjs';
import { DESCENT } from '../playground.mjs';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
];
const shots = fileURLToPath(new URL('../results/', import.meta.url));

/** Takes a picture; fails if the page is wider than its window, or axe finds something. */
async function looksWell(page, name, width) {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  await page.screenshot({ path: `${shots}${name}-${width}.png`, fullPage: true });
  const { scroll, client } = await page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth,
    client: document.documentElement.clientWidth,
  }));
  expect(scroll, `width ${width}`).toBeLessThanOrEqual(client);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
  expect(found, `${name}, width ${width}`).toEqual([]);
}

for (const colorScheme of ['light', 'dark']) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('nothing is wider than the page, and axe finds nothing', async ({ lab, lane, page }) => {
      await lab.openReady();
      await lab.draw([
        [
          { x: 0.55, y: 0.15 },
          { x: 0.5, y: 0.85 },
        ],
      ]);
      await lab.prediction();
      for (const size of SIZES) {
        await page.setViewportSize(size);
        await looksWell(page, `${lane}-${colorScheme}`, size.width);
      }
    });

    test('so do the views of the playground', async ({ playground, lane, page }) => {
      await playground.run(DESCENT);
      await playground.node('sum').first().click();
      await expect(playground.handle('inspector')).toBeVisible();
      for (const size of [SIZES[0], SIZES[2]]) {
        await page.setViewportSize(size);
        await looksWell(page, `${lane}-${colorScheme}-graph`, size.width);
      }
      await page.setViewportSize(SIZES[0]);
      await page.keyboard.press('Escape');
      for (const view of ['race', 'kernels', 'digits']) {
        await page.setViewportSize(SIZES[0]);
        await playground.handle(`graph-${view}`).click();
        if (view === 'race') {
          await playground.handle('race-start').click();
          await expect(playground.handle('race-map')).toBeVisible();
        }
        for (const size of [SIZES[0], SIZES[2]]) {
          await page.setViewportSize(size);
          await looksWell(page, `${lane}-${colorScheme}-${view}`, size.width);
        }
      }
    });
  });
}

test('the theme can be switched, and stays', async ({ lab, page }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await lab.open();
  const before = await background();
  // From the system's theme to a light and a dark one: one of them is another.
  await expect(async () => {
    await lab.click('theme');
    expect(await background()).not.toBe(before);
  }).toPass();
  const after = await background();
  await lab.open();
  await expect.poll(background).toBe(after);
});

test('the page draws its frames while it trains', async ({ lab, page }) => {
  await lab.train();
  const deltas = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const times = [];
        const frame = (time) => {
          times.push(time);
          if (times.length <= 180) requestAnimationFrame(frame);
          else resolve(times.slice(1).map((t, i) => t - times[i]));
        };
        requestAnimationFrame(frame);
      }),
  );
  await lab.stands('running');
  deltas.sort((a, b) => a - b);
  const p95 = deltas[Math.floor(deltas.length * 0.95)];
  console.log(
    `    frames while training: median ${deltas[90].toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, worst ${deltas.at(-1).toFixed(1)} ms`,
  );
  expect(p95).toBeLessThan(34);
});
