// A worker or a device that is lost: the page survives, says so, and goes on from where it was.
import { expect, test } from '../fixtures.mjs';

test.describe('a worker that throws', () => {
  test.use({ expectedErrors: [/boom/] });

  test('is replaced, and its training can be taken up again', async ({ lab, page }) => {
    await lab.openReady();
    const steps = await lab.trainSteps(20);
    const [worker] = page.workers();
    await worker.evaluate(() => {
      setTimeout(() => {
        throw new Error('boom');
      });
    });
    await expect(lab.handle('problem')).toBeVisible();
    await expect(lab.handle('problem')).toContainText('boom');
    await lab.dataIs('ready');
    await lab.click('restore');
    await expect.poll(() => lab.number('step-count')).toBe(steps);
    await lab.click('step');
    await expect.poll(() => lab.number('step-count')).toBe(steps + 1);
    expect(await lab.number('loss')).toBeLessThan(2.3);
    expect(page.workers()).not.toContain(worker);
  });
});

test('a lost GPU costs nothing but time', async ({ lab, lane, browser }) => {
  test.skip(lane !== 'webgpu', 'there is no GPU to lose');
  await lab.openReady();
  await lab.set('epochs', 1000);
  await lab.click('train');
  await expect.poll(() => lab.number('step-count')).toBeGreaterThan(20);
  const session = await browser.newBrowserCDPSession();
  await session.send('Browser.crashGpuProcess').catch(() => {});
  const before = await lab.number('step-count');
  // Another device, or the CPU with the reason.
  await expect
    .poll(
      async () => {
        if (await lab.handle('restore').isVisible()) await lab.click('restore');
        const state = await lab.handle('run-state').getAttribute('data-state');
        if (state !== 'running' && (await lab.handle('train').isEnabled())) await lab.click('train');
        return lab.number('step-count');
      },
      { timeout: 30_000, intervals: [1000] },
    )
    .toBeGreaterThan(before + 20);
  expect(await lab.number('loss')).toBeLessThan(2.3);
});
