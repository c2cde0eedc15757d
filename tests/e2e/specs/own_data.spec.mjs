// Data of the user's: a data set in place of MNIST, arrays for the program, pictures for the pad.
import { gzipSync } from 'node:zlib';
import { expect, test } from '../fixtures.mjs';

const COUNT = `from torchvision import datasets
train = datasets.MNIST('data', train=True, download=True)
test = datasets.MNIST('data', train=False, download=True)
print(len(train), train.data[0].sum().item(), train.targets[:3].tolist(), len(test))
`;

const file = (name, buffer, mimeType = '') => ({ name, mimeType, buffer });

/** An IDX file of unsigned bytes. */
function idx(shape, values) {
  const head = Buffer.alloc(4 + 4 * shape.length);
  head.set([0, 0, 8, shape.length]);
  shape.forEach((size, i) => head.writeUInt32BE(size, 4 + 4 * i));
  return Buffer.concat([head, Buffer.from(values)]);
}

const images = (count, value) => idx([count, 28, 28], Array(count * 784).fill(value));
const labels = (count, label) => idx([count], Array(count).fill(label));

const give = (playground, files) => playground.handle('program-input').setInputFiles(files);

/** The menu holds the field for files. */
async function choose(playground, files) {
  await playground.menu('program-menu');
  await give(playground, files);
}

test('a data set of the user takes the place of MNIST, and is put back', async ({ playground }) => {
  test.setTimeout(180_000);
  await playground.run(COUNT);
  await expect(playground.handle('output')).toContainText('60000', { timeout: 60_000 });
  await choose(playground, [
    file('train-images-idx3-ubyte.gz', gzipSync(images(12, 1))),
    file('train-labels-idx1-ubyte', labels(12, 7)),
  ]);
  await expect(playground.handle('own-data')).toContainText('12 training images');
  await expect(playground.handle('output')).toContainText('12 784 [7, 7, 7] 10000', { timeout: 30_000 });
  // A half that is not complete is told of, and not used.
  await choose(playground, [file('t10k-images-idx3-ubyte', images(5, 2))]);
  await expect(playground.handle('own-data')).toContainText('5 test images wait for their labels');
  await choose(playground, [file('t10k-labels-idx1-ubyte.gz', gzipSync(labels(5, 3)))]);
  await expect(playground.handle('output')).toContainText('12 784 [7, 7, 7] 5', { timeout: 30_000 });
  await playground.handle('back-to-mnist').click();
  await expect(playground.handle('own-data')).toBeHidden();
  await expect(playground.handle('output')).toContainText('60000', { timeout: 60_000 });
});

test('FashionMNIST is there once its files are', async ({ playground }) => {
  const program = "from torchvision import datasets\nd = datasets.FashionMNIST('data')\nprint(len(d), d.classes[0])\n";
  await playground.run(program, 'failed');
  await expect(playground.handle('output')).toContainText('drop its files on the page');
  await choose(playground, [
    file('train-images-idx3-ubyte', images(4, 1)),
    file('train-labels-idx1-ubyte', labels(4, 0)),
  ]);
  await expect(playground.handle('output')).toContainText('4 T-shirt/top');
});

test('what does not fit is refused in words', async ({ playground }) => {
  await playground.run('print(1)\n');
  for (const [name, content, words] of [
    ['train-images-idx3-ubyte', idx([2, 32, 32], Array(2 * 1024).fill(0)), 'found an array of shape [2, 32, 32]'],
    ['train-labels-idx1-ubyte', labels(4, 26), 'label 0 is 26, expected 0 to 9'],
    ['images-idx3-ubyte', images(1, 0), 'its name says neither'],
    ['t10k-images-idx3-ubyte.gz', Buffer.from('no gzip'), 'expected two zero bytes'],
  ]) {
    await choose(playground, [file(name, content)]);
    await expect(playground.handle('refusal')).toContainText(words);
  }
  await choose(playground, [file('broken.png', Buffer.from('no picture'), 'image/png')]);
  await expect(playground.handle('notice')).toContainText('no picture that the browser can show');
});

test('an array can be opened by the program', async ({ playground }) => {
  const head = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }".padEnd(117) + '\n';
  const npy = Buffer.concat([
    Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, 118, 0]),
    Buffer.from(head),
    Buffer.from(new Float32Array([1.5, 2.5]).buffer),
  ]);
  await playground.run('print(1)\n');
  await choose(playground, [file('numbers.npy', npy)]);
  await expect(playground.handle('notice')).toContainText('numbers.npy');
  await playground.run("import numpy as np\nprint(np.load('numbers.npy'))\n");
});

/** A picture of this size with a bar of ink, as a file of the browser's own making. */
async function picture(page, name, side, left) {
  const url = await page.evaluate(
    ([side, left]) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [side, side];
      const context = canvas.getContext('2d');
      context.fillStyle = '#fff';
      context.fillRect(0, 0, side, side);
      context.fillStyle = '#000';
      context.fillRect(left * side, side / 4, side / 14, side / 2);
      return canvas.toDataURL('image/png');
    },
    [side, left],
  );
  return file(name, Buffer.from(url.split(',')[1], 'base64'), 'image/png');
}

test('pictures that are called by what they show are a data set', async ({ playground, page }) => {
  test.setTimeout(180_000);
  await playground.run(`${COUNT}print(train.data[0].nonzero()[:, 1].unique().tolist())\n`);
  await expect(playground.handle('output')).toContainText('60000', { timeout: 60_000 });
  const some = [];
  for (const [name, side] of [['7_a.png', 28], ['1 (2).png', 28], ['4-b.png', 200], ['nothing.png', 28]]) {
    some.push(await picture(page, name, side, 0.25));
  }
  await choose(playground, some);
  await expect(playground.handle('notice')).toContainText('Pictures to learn from: 3. Left out: 1');
  await expect(playground.handle('own-data')).toContainText('3 training images');
  // Those of 28 by 28 pixels are seen as they are.
  await expect(playground.handle('output')).toContainText('3 7140 [7, 1, 4] 10000', { timeout: 30_000 });
  await expect(playground.handle('output')).toContainText('[7, 8]');
  await choose(playground, [some[3], some[3]]);
  await expect(playground.handle('notice')).toContainText('if they are called by what they show');
});

test('a folder of pictures is taken with its classes', async ({ playground, page }) => {
  test.setTimeout(180_000);
  await playground.run(COUNT);
  const pictures = await Promise.all(['a.png', 'b.png'].map((name) => picture(page, name, 28, 0.5)));
  // A folder that is dropped, as the page is told of it.
  await page.evaluate(
    (all) => {
      const entry = (path, bytes) => ({
        isDirectory: false,
        isFile: true,
        fullPath: path,
        file: (done) => done(new File([new Uint8Array(bytes)], path.split('/').at(-1), { type: 'image/png' })),
      });
      const folder = (path, inside) => ({
        isDirectory: true,
        isFile: false,
        fullPath: path,
        createReader: () => {
          const rest = [inside, []];
          return { readEntries: (done) => done(rest.shift()) };
        },
      });
      const root = folder('/set', [
        folder('/set/3', [entry('/set/3/1.png', all[0])]),
        folder('/set/test', [folder('/set/test/5', [entry('/set/test/5/2.png', all[1])])]),
      ]);
      const data = new DataTransfer();
      data.items.add(new File([], 'set'));
      DataTransferItem.prototype.webkitGetAsEntry = () => root;
      window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true }));
    },
    pictures.map(({ buffer }) => [...buffer]),
  );
  await expect(playground.handle('notice')).toContainText('Pictures to learn from: 1. Pictures to test on: 1.');
  await expect(playground.handle('output')).toContainText('1 7140 [3] 1', { timeout: 30_000 });
});

test('a picture goes onto the pad', async ({ playground, page }) => {
  await playground.open('#lab');
  await expect(playground.handle('digit-pad')).toBeVisible({ timeout: 30_000 });
  // Dark ink on light paper, as a photograph has it.
  const url = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [300, 200];
    const context = canvas.getContext('2d');
    context.fillStyle = '#e8e4da';
    context.fillRect(0, 0, 300, 200);
    context.strokeStyle = '#203060';
    context.lineWidth = 14;
    context.beginPath();
    context.moveTo(150, 40);
    context.lineTo(146, 160);
    context.stroke();
    return canvas.toDataURL('image/png');
  });
  await choose(playground, [file('one.png', Buffer.from(url.split(',')[1], 'base64'), 'image/png')]);
  await expect(playground.handle('notice')).toContainText('on the digit pad');
  const ink = () =>
    playground.handle('stage-centred').evaluate((canvas) => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      const values = Array.from(data).filter((_, i) => i % 4 === 0);
      return [values[0], values[14 * canvas.width + 14] > 100];
    });
  await expect.poll(ink).toEqual([0, true]);
});
