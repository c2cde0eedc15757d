// What users can type: nothing of it hangs or breaks the page, and each mistake is explained beside its field.
import { expect, test } from '../fixtures.mjs';

test('a loss that is not finite stops the training and names the step', async ({ lab }) => {
  await lab.openReady();
  await lab.set('lr', '1e38');
  await lab.click('train');
  await lab.runIs('not-finite');
  await expect(lab.handle('run-problem')).toHaveText(/at step \d+.*infinite or not a number/i);

  await lab.set('lr', '0.5');
  await lab.trainQuickly();
  expect(await lab.number('loss')).toBeLessThan(1);
});

test('a huge learning rate whose losses are still finite harms nothing', async ({ lab }) => {
  await lab.openReady();
  await lab.set('lr', '1e30');
  await lab.trainSteps(20);
  await expect(lab.handle('loss')).toHaveText(/^\d\.\d+e\d\d$/);
});

const mistakes = [
  ['lr', '0'],
  ['lr', '-1'],
  ['lr', ''],
  ['batch-size', '0'],
  ['batch-size', '60001'],
  ['batch-size', '1.5'],
  ['epochs', '0'],
  ['epochs', '99999999999'],
  ['seed', '-1'],
  ['seed', '1e99'],
];

test('a value out of range is marked and explained, and training goes on with the old one', async ({ lab }) => {
  await lab.openReady();
  for (const [name, value] of mistakes) {
    const field = lab.handle(name);
    const good = await field.inputValue();
    await lab.set(name, value);
    await expect(field, `${name} = ${value}`).toHaveAttribute('aria-invalid', 'true');
    const explanation = lab.page.locator(`#${await field.getAttribute('aria-describedby')}`);
    await expect(explanation, `${name} = ${value}`).toHaveText(/must be/);
    await lab.set(name, good);
    await expect(field, `${name} = ${good}`).not.toHaveAttribute('aria-invalid', 'true');
  }
  await lab.click('step');
  await expect(lab.handle('loss')).toHaveText(/\d\.\d/);
});

test('letters in a number are refused', async ({ lab, page }) => {
  await lab.openReady();
  for (const name of ['lr', 'batch-size', 'epochs', 'seed']) {
    const field = lab.handle(name);
    await field.click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('e--x');
    await page.keyboard.press('Tab');
    await expect(field, name).toHaveAttribute('aria-invalid', 'true');
  }
});

test('a billion epochs, and batches of one and of everything, can be paused', async ({ lab }) => {
  await lab.openReady();
  await lab.set('epochs', '1000000000');
  for (const size of ['1', '60000']) {
    await lab.set('batch-size', size);
    await lab.click('train');
    await lab.runIs('running');
    await expect.poll(() => lab.number('step-count'), { timeout: 30_000 }).toBeGreaterThan(0);
    await lab.click('train');
    await lab.runIs('paused');
    await lab.click('reset');
    await lab.runIs('fresh');
  }
});
