// Training: a program learns, can be held and stepped, and starts over from the same weights.
import { expect, test } from '../fixtures.mjs';
import { softmax } from '../lab.mjs';

test('one epoch brings the accuracy above 85 %', async ({ lab }) => {
  await lab.openReady(softmax({}));
  const output = await lab.output();
  expect(Number(/loss (\S+)/.exec(output)[1])).toBeCloseTo(Math.log(10), 4);
  expect(Number(/accuracy (\S+)/.exec(output)[1])).toBeGreaterThan(85);
  expect(await lab.number('time-loss')).toBeLessThan(1);
});

test('a training can be watched, paused, stepped and resumed', async ({ lab }) => {
  await lab.train();
  await lab.click('run');
  await lab.stands('paused');
  const paused = await lab.steps();
  await lab.page.waitForTimeout(500);
  expect(await lab.steps()).toBe(paused);

  await lab.handle('unit').selectOption('optimizer step');
  await lab.click('step');
  await expect.poll(() => lab.steps()).toBe(paused + 1);
  await lab.stands('paused');

  await lab.click('run');
  await lab.stands('running');
  await lab.takes(paused + 20);
});

test('the same seed gives the same losses', async ({ lab }) => {
  const losses = async (seed) => {
    await lab.openReady(softmax({ seed, init: '' }));
    return (await lab.output()).match(/loss \S+/g);
  };
  const first = await losses(1);
  expect(first).toHaveLength(2);
  expect(first[0]).not.toBe(first[1]);
  await lab.click('to-start');
  await lab.stands('paused');
  expect(await lab.output()).not.toContain('loss');
  await lab.click('run');
  await lab.stands('done');
  expect((await lab.output()).match(/loss \S+/g)).toEqual(first);
  expect(await losses(2)).not.toEqual(first);
});

test('a run goes on where it is when another backend is chosen, and begins there when it runs again', async ({ lab, lane }) => {
  await lab.train({ device: 'cuda' });
  const here = lane === 'webgpu' ? 'on cuda' : 'on cpu';
  expect(await lab.output()).toContain(here);
  await lab.handle('backend-select').selectOption('cpu');
  await expect(lab.handle('backend')).toHaveAttribute('data-backend', 'cpu');
  const before = await lab.steps();
  await lab.takes(before + 20);
  await lab.stands('running');
  expect(await lab.output()).toContain(here);

  await lab.click('to-start');
  await lab.stands('paused');
  await lab.click('run');
  await lab.takes(20);
  expect(await lab.output()).toContain('on cpu');

  await lab.handle('backend-select').selectOption('webgpu');
  // Where there is no WebGPU, the CPU goes on and the page says why.
  await expect(lab.handle('backend')).toHaveAttribute('data-backend', lane);
  await lab.click('to-start');
  await lab.stands('paused');
  await lab.click('run');
  await lab.takes(20);
  expect(await lab.output()).toContain(here);
});
