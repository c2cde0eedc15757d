// The digit pad: with a mouse, a finger, the keyboard.
import { expect, test } from '../fixtures.mjs';
import { softmax } from '../lab.mjs';
import { strokes, testDigits } from '../mnist.mjs';

test('digits of the test set are recognised when they are drawn', async ({ lab }) => {
  await lab.openReady(softmax({}));
  const digits = testDigits(12);
  let right = 0;
  for (const { label, pixels } of digits) {
    await lab.draw(strokes(pixels));
    right += (await settled(lab)) === label;
    await lab.click('clear');
    await expect(lab.handle('prediction')).not.toHaveText(/^\s*\d/);
  }
  console.log(`    ${right} of ${digits.length} drawn digits were recognised`);
  expect(right).toBeGreaterThanOrEqual(8);
});

/** The prediction, when it has not changed for a moment: it is renewed at every stroke. */
async function settled(lab) {
  let digit = await lab.prediction();
  for (let same = 0; same < 3; ) {
    await lab.page.waitForTimeout(60);
    const now = await lab.prediction();
    same = now === digit ? same + 1 : 0;
    digit = now;
  }
  return digit;
}

test('an image of the test set can be put on the pad', async ({ lab }) => {
  await lab.openReady();
  await lab.click('test-digit');
  await expect(lab.handle('verdict')).toHaveText(/^Test image .* shows \d/);
  await expect(lab.handle('verdict')).toHaveAttribute('data-right', /true|false/);
  const verdict = (await lab.handle('verdict').getAttribute('data-right')) === 'true';
  const label = Number(/shows (\d)/.exec(await lab.handle('verdict').textContent())[1]);
  expect(verdict).toBe((await lab.prediction()) === label);
});

test('strokes can be undone one by one, and cleared', async ({ lab }) => {
  await lab.openReady();
  const line = (x) => [
    { x, y: 0.2 },
    { x, y: 0.8 },
  ];
  const seen = () => lab.handle('digit-seen').screenshot();
  await lab.draw([line(0.5)]);
  await lab.prediction();
  await lab.page.waitForTimeout(300);
  const one = await seen();
  await lab.draw([line(0.2)]);
  await expect.poll(async () => (await seen()).equals(one)).toBe(false);
  await lab.click('undo');
  await expect.poll(async () => (await seen()).equals(one)).toBe(true);
  await lab.click('undo');
  await expect(lab.handle('prediction')).not.toHaveText(/^\s*\d/);
  await lab.draw([line(0.2), line(0.6)]);
  await lab.prediction();
  await lab.click('clear');
  await expect(lab.handle('prediction')).not.toHaveText(/^\s*\d/);
});

test('the keyboard draws too', async ({ lab, page }) => {
  await lab.openReady();
  await lab.handle('digit-pad').focus();
  await page.keyboard.press('Space');
  for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await lab.prediction();
});

test.describe('with a finger', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('drawing does not scroll the page', async ({ lab, page }) => {
    await lab.openReady();
    const pad = lab.handle('digit-pad');
    await pad.scrollIntoViewIfNeeded();
    const scroll = () => page.evaluate(() => window.scrollY);
    const before = await scroll();
    const box = await pad.boundingBox();
    const at = (part) => [{ x: box.x + box.width / 2, y: box.y + box.height * part }];
    const client = await page.context().newCDPSession(page);
    const touch = (type, touchPoints) => client.send('Input.dispatchTouchEvent', { type, touchPoints });
    await touch('touchStart', at(0.9));
    for (let part = 0.85; part > 0.1; part -= 0.05) await touch('touchMove', at(part));
    await touch('touchEnd', []);
    await lab.prediction();
    expect(await scroll()).toBe(before);
  });
});
