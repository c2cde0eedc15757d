// A data set that does not arrive as it should: the page says what is wrong, and the program waits until it is tried again.
import { expect, test } from '../fixtures.mjs';

const TRAIN = 'train-images-idx3-ubyte.gz';
const PROGRAM = "from torchvision import datasets\nprint(len(datasets.MNIST('data', download=True)))\n";
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
      await lab.open(PROGRAM);
      await lab.dataIs('failed');
      await expect(lab.page.getByText(message).first()).toBeVisible();
      await expect(lab.page.getByText(TRAIN).first()).toBeVisible();
      await lab.stands('waiting');

      lab.site.faults.clear();
      await lab.click('retry');
      await lab.dataIs('ready');
      await lab.stands('done');
      await expect(lab.handle('output')).toContainText('60000');
    });
  });
}

test.describe('without a connection', () => {
  test.use({ expectedErrors: [/ERR_INTERNET_DISCONNECTED/] });

  test('a program waits for its data, and others run', async ({ playground, page }) => {
    await playground.run('print(1)\n');
    await page.context().setOffline(true);
    await playground.write(PROGRAM);
    const status = playground.handle('data-status');
    await expect(status).toHaveAttribute('data-state', 'failed');
    await expect(status).toContainText('the server could not be reached');
    await playground.stands('waiting');
    await playground.write('print(6 * 7)\n');
    await playground.stands('done');
    await expect(playground.handle('output')).toContainText('42');

    await page.context().setOffline(false);
    await playground.write(PROGRAM);
    await playground.stands('done', 60_000);
    await expect(playground.handle('output')).toContainText('60000');
    await expect(status).toBeHidden();
  });
});
