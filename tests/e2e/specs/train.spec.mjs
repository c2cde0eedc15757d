// Training: it learns, can be held and stepped, and starts over from the same weights.
import { expect, test } from '../fixtures.mjs';

test('one epoch brings the accuracy above 85 %', async ({ lab }) => {
  await lab.openReady();
  await lab.click('step');
  await expect(lab.handle('loss')).toHaveText(/^\s*2\.30/);
  await lab.train(1);
  expect(await lab.accuracy()).toBeGreaterThan(85);
  expect(await lab.number('loss')).toBeLessThan(1);
  expect(await lab.number('loss')).toBeGreaterThan(0.05);
});

test('a training can be watched, paused, stepped and resumed', async ({ lab }) => {
  await lab.openReady();
  await lab.set('epochs', 1000);
  await lab.click('train');
  await lab.runIs('running');
  await expect.poll(() => lab.number('speed')).toBeGreaterThan(0);
  await expect.poll(() => lab.number('step-count')).toBeGreaterThan(20);

  await lab.click('train');
  await lab.runIs('paused');
  const paused = await lab.number('step-count');
  await lab.page.waitForTimeout(500);
  expect(await lab.number('step-count')).toBe(paused);

  await lab.click('step');
  await expect.poll(() => lab.number('step-count')).toBe(paused + 1);
  await lab.runIs('paused');

  await lab.click('train');
  await lab.runIs('running');
  await expect.poll(() => lab.number('step-count')).toBeGreaterThan(paused + 20);
});

test('after a reset the same steps have the same losses', async ({ lab }) => {
  await lab.openReady();
  await lab.handle('init').selectOption('uniform');
  const firstSteps = async () => {
    await lab.click('reset');
    await lab.runIs('fresh');
    const losses = [];
    for (const step of [1, 2]) {
      await lab.click('step');
      await expect.poll(() => lab.number('step-count')).toBe(step);
      await expect(lab.handle('loss')).toHaveText(/\d\.\d/);
      losses.push(await lab.handle('loss').textContent());
    }
    return losses;
  };
  const losses = await firstSteps();
  expect(losses[0]).not.toBe(losses[1]);
  expect(await firstSteps()).toEqual(losses);

  await lab.set('seed', 2);
  expect(await firstSteps()).not.toEqual(losses);
});

test('another backend goes on where the first one stopped', async ({ lab, lane }) => {
  await lab.openReady();
  await lab.set('epochs', 1000);
  await lab.click('train');
  await expect.poll(() => lab.number('step-count')).toBeGreaterThan(20);
  const before = await lab.number('step-count');
  await lab.handle('backend-select').selectOption('cpu');
  await expect(lab.handle('backend')).toHaveAttribute('data-backend', 'cpu');
  await expect.poll(() => lab.number('step-count')).toBeGreaterThan(before);
  const between = await lab.number('step-count');
  await lab.handle('backend-select').selectOption('webgpu');
  // Where there is no WebGPU, the CPU goes on and the page says why.
  await expect(lab.handle('backend')).toHaveAttribute('data-backend', lane);
  await expect.poll(() => lab.number('step-count')).toBeGreaterThan(between);
  expect(await lab.number('loss')).toBeLessThan(2.3);
});
