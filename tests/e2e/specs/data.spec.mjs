// A data set that does not arrive as it should: the page says what is wrong, works as far as it can, and tries again.
import { expect, test } from '../fixtures.mjs';

const TRAIN = 'train-images-idx3-ubyte.gz';
const FAULTS = [
  ['missing', /missing|404/i],
  ['html', /web page/i],
  ['truncated', /damaged|cut off/i],
  ['altered', /checksum/i],
];

for (const [fault, message] of FAULTS) {
  test.describe(`a file that is ${fault}`, () => {
    // The browser itself reports a 404.
    test.use({ expectedErrors: fault === 'missing' ? [/404/] : [] });

    test('is reported, and loaded after all when it is there', async ({ lab }) => {
      lab.site.faults.set(TRAIN, fault);
      await lab.open();
      await lab.dataIs('failed');
      await expect(lab.page.getByText(message).first()).toBeVisible();
      await expect(lab.page.getByText(TRAIN).first()).toBeVisible();

      // The test set is there: drawing works.
      await lab.draw([
        [
          { x: 0.5, y: 0.2 },
          { x: 0.5, y: 0.8 },
        ],
      ]);
      await lab.prediction();

      lab.site.faults.clear();
      await lab.click('retry');
      await lab.dataIs('ready');
      await lab.click('step');
      await expect(lab.handle('loss')).toHaveText(/\d\.\d/);
    });
  });
}
