// What a training can be told to do: nothing of it hangs or breaks the page.
import { expect, test } from '../fixtures.mjs';
import { softmax } from '../lab.mjs';

test('where the numbers of a training stop being finite is named', async ({ lab }) => {
  await lab.openReady(softmax({ lr: '1e38', batch: 6000 }));
  await expect(lab.handle('diagnostics')).toContainText('no longer finite');
});

test('a huge learning rate whose losses are still finite harms nothing', async ({ lab }) => {
  await lab.openReady(softmax({ lr: '1e30', batch: 6000 }));
  await expect(lab.handle('time-loss')).toHaveText(/e\+?\d\d/);
});

test('a billion epochs, and batches of one and of everything, can be paused', async ({ lab }) => {
  for (const batch of [1, 60000]) {
    await lab.open(softmax({ epochs: 1_000_000_000, batch }));
    await lab.takes(1);
    await lab.click('run');
    await lab.stands('paused');
    await lab.click('to-start');
    await expect.poll(() => lab.steps()).toBe(0);
  }
});
