// Programs in and out of the page: links, files, frames, and what is kept between visits.
import { expect, test } from '../fixtures.mjs';

const PROGRAM = 'import torch\n\n# Größe\nx = torch.ones(3, requires_grad=True)\nx.sum().backward()\nprint(x.grad)\n';
const plain = (text) => `#code=${encodeURIComponent(text)}`;
const file = (name, text) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

test('a link with plain text opens it, as nobody’s program', async ({ playground }) => {
  await playground.open(plain(PROGRAM));
  await expect(playground.handle('program-title')).toHaveText('Shared program');
  expect(await playground.text()).toBe(PROGRAM);
  await playground.menu('program-menu');
  await expect(playground.handle('program')).toHaveCount(0);
});

test('the link that is offered opens the same program', async ({ playground, page }) => {
  await playground.open(plain(PROGRAM));
  await playground.menu('program-menu');
  await playground.handle('program-name').fill('Ones & more');
  await playground.handle('program-name').press('Enter');
  await playground.menu('share-menu');
  const link = playground.handle('share-link');
  await expect(link).toHaveValue(/#p=1\.[\w-]+$/);
  await expect(playground.handle('share-size')).toContainText(`${(await link.inputValue()).length} bytes`);
  const address = await link.inputValue();
  expect(address.length).toBeLessThan(plain(PROGRAM).length + 60);
  await page.evaluate(() => localStorage.clear());
  await page.goto('about:blank');
  await playground.open(new URL(address).hash);
  await expect(playground.handle('program-title')).toHaveText('Ones & more');
  expect(await playground.text()).toBe(PROGRAM);
});

test('a broken link says so, and the page opens as ever', async ({ playground }) => {
  for (const broken of ['#p=1.AAAA', '#p=9.AAAA', '#code=%zz']) {
    await playground.page.goto('about:blank');
    await playground.open(broken);
    await expect(playground.handle('notice')).toContainText('cannot be read');
  }
});

test('a long program that came with a link asks before it runs', async ({ playground }) => {
  const long = `# ${'long '.repeat(1000)}\nprint("done")\n`;
  await playground.open(plain(long));
  await expect(playground.handle('held')).toBeVisible();
  await playground.handle('run-shared').click();
  await expect(playground.handle('held')).toHaveCount(0);
  await playground.open(plain(PROGRAM));
  await expect(playground.handle('held')).toHaveCount(0);
});

test('what is written is kept, and the link leaves the address', async ({ playground, page }) => {
  await playground.open(plain(PROGRAM));
  await playground.write('print("mine")\n');
  await expect.poll(() => new URL(page.url()).hash).toBe('');
  await page.reload();
  await expect(playground.handle('program-title')).toHaveText('Shared program');
  expect(await playground.text()).toContain('print("mine")');
});

test('programs are created, renamed, copied, deleted and brought back', async ({ playground, page }) => {
  await playground.open();
  await playground.menu('program-menu');
  await playground.handle('program-new').click();
  await playground.menu('program-menu');
  await playground.handle('program-name').fill('First');
  await playground.handle('program-name').press('Enter');
  await playground.handle('program-duplicate').click();
  await expect(playground.handle('program-title')).toHaveText('First copy');
  await page.reload();
  await expect(playground.handle('program-title')).toHaveText('First copy');
  await playground.menu('program-menu');
  await expect(playground.handle('program')).toHaveText(['First', 'First copy']);
  await playground.handle('program-delete').click();
  await expect(playground.handle('program-title')).toHaveText('First');
  await playground.handle('undelete').click();
  await expect(playground.handle('program-title')).toHaveText('First copy');
  await page.reload();
  await playground.menu('program-menu');
  await expect(playground.handle('program')).toHaveCount(2);
});

test('everything can be exported and imported, and nothing is overwritten', async ({ playground, page }) => {
  await playground.open();
  await playground.menu('program-menu');
  await playground.handle('program-input').setInputFiles([file('one.py', PROGRAM), file('two.py', 'print(2)\r\n')]);
  await expect(playground.handle('program-title')).toHaveText('two');
  expect(await playground.text()).toBe('print(2)\n');
  await playground.menu('program-menu');
  const { text } = await playground.download('export-all');
  expect(JSON.parse(text).programs).toEqual([
    { name: 'one', text: PROGRAM },
    { name: 'two', text: 'print(2)\n' },
  ]);
  const changed = JSON.stringify({ ...JSON.parse(text), programs: [{ name: 'one', text: 'print(1)' }] });
  await playground.handle('program-input').setInputFiles(file('seegrad.json', changed));
  await expect(playground.handle('notice')).toContainText('1 program was added');
  await playground.menu('program-menu');
  await expect(playground.handle('program')).toHaveText(['one', 'two', 'one 2']);
  await page.evaluate(() => localStorage.clear());
  await page.goto('about:blank');
  await playground.open();
  await playground.menu('program-menu');
  await playground.handle('program-input').setInputFiles(file('seegrad.json', text));
  await playground.menu('program-menu');
  await expect(playground.handle('program')).toHaveText(['one', 'two']);
});

test('a file that is dropped on the page is opened; what is no program is refused', async ({ playground, page }) => {
  await playground.open();
  const drop = (name, text) =>
    page.evaluate(
      ([name, text]) => {
        const data = new DataTransfer();
        data.items.add(new File([text], name));
        const options = { dataTransfer: data, bubbles: true, cancelable: true };
        document.body.dispatchEvent(new DragEvent('drop', options));
      },
      [name, text],
    );
  await drop('dropped.py', PROGRAM);
  await expect(playground.handle('program-title')).toHaveText('dropped');
  await drop('image.py', 'a\0b');
  await expect(playground.handle('notice')).toContainText('is not a text');
  await drop('other.json', '{"programs": 3}');
  await expect(playground.handle('notice')).toContainText('was not exported');
});

test('a notebook has the program in cells', async ({ playground }) => {
  await playground.open(plain('import torch\n\n# One\nx = 1\n\n# Two\nprint(x)\n'));
  await playground.menu('share-menu');
  const { name, text } = await playground.download('download-ipynb');
  expect(name).toBe('shared_program.ipynb');
  const { nbformat, cells } = JSON.parse(text);
  expect(nbformat).toBe(4);
  expect(cells.map((cell) => cell.source.join(''))).toEqual(['import torch', '# One\nx = 1', '# Two\nprint(x)']);
});

test('examples open, by keyboard too', async ({ playground, page }) => {
  await playground.open();
  await playground.handle('program-menu').focus();
  await page.keyboard.press('Enter');
  const example = playground.handle('example').filter({ hasText: 'Exclusive or' });
  await expect(example).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(playground.handle('program-name')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(playground.handle('program-menu')).toBeFocused();
  await page.keyboard.press('Enter');
  await example.press('Enter');
  await expect(playground.handle('program-title')).toHaveText('Exclusive or');
  expect(await playground.text()).toContain('nn.Sequential');
});

test('in a frame, what is not wanted is hidden', async ({ playground, page }) => {
  await playground.open('?embed=1&hide=editor,menu');
  await expect(page.locator('.pane-code')).toBeHidden();
  await expect(page.locator('.brand')).toBeHidden();
  await expect(page.locator('.pane-graph')).toBeVisible();
  await expect(playground.handle('program-menu')).toBeHidden();
});
