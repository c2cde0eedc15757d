// A worker or a device that is lost: the page survives, says so, and the program runs again when it is asked to.
import { expect, test } from '../fixtures.mjs';
import { softmax } from '../lab.mjs';

test.describe('a worker that throws', () => {
  test.use({ expectedErrors: [/boom/] });

  const lose = async (lab, page) => {
    const [worker] = page.workers();
    await worker.evaluate(() => {
      setTimeout(() => {
        throw new Error('boom');
      });
    });
    await expect(lab.handle('problem')).toContainText('boom');
    return worker;
  };

  test('is replaced, and the program runs again when the user wants it', async ({ lab, page }) => {
    await lab.train();
    const worker = await lose(lab, page);
    const again = lab.handle('run-again');
    await expect(again).toBeEnabled();
    // It may be to blame: it is not run unasked.
    await lab.stands('empty');
    await again.click();
    await expect(lab.handle('problem')).toBeHidden();
    await lab.takes(20);
    expect(page.workers()).not.toContain(worker);
  });

  test('does not keep a changed program from running', async ({ playground, page }) => {
    await playground.run('print(1)\n');
    await lose(playground, page);
    await expect(playground.handle('run-again')).toBeEnabled();
    await playground.write('print(2 + 40)\n');
    await playground.stands('done');
    await expect(playground.handle('output')).toContainText('42');
    await expect(playground.handle('run-again')).toHaveCount(0);
  });
});

test('a run whose GPU is lost ends with an error, and runs again on what is there', async ({ lab, lane, browser }) => {
  test.skip(lane !== 'webgpu', 'there is no GPU to lose');
  await lab.train({ device: 'cuda' });
  const session = await browser.newBrowserCDPSession();
  await session.send('Browser.crashGpuProcess').catch(() => {});
  await lab.stands('failed');
  await expect(lab.handle('output')).toContainText('the device was lost');
  // Another device, or the CPU with the reason.
  await expect(lab.handle('backend')).toHaveAttribute('data-backend', /webgpu|cpu/);
  await lab.click('run');
  await lab.stands('running');
  // Until the run has told of its first steps, the page may show the steps of the run that failed, and no loss.
  await expect.poll(() => lab.number('time-loss')).toBeLessThan(2.3);
  await lab.takes(20);
});

test('a run on the CPU does not notice that the GPU is lost', async ({ lab, lane, browser }) => {
  test.skip(lane !== 'webgpu', 'there is no GPU to lose');
  await lab.train();
  const session = await browser.newBrowserCDPSession();
  await session.send('Browser.crashGpuProcess').catch(() => {});
  const before = await lab.steps();
  await lab.takes(before + 100);
  await lab.stands('running');
});
