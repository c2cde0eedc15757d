// The editor: typing and undoing, with CodeMirror and in the plain field, breakpoints, problems, and what they lead to.
import { expect, test } from '../fixtures.mjs';

const OPENING = 20_000;
const BUNDLE = '**/editor.js';

/** Opens the playground with a program, and waits until it can run. */
async function open(lab, text) {
  await lab.page.goto(`${lab.site.url}#code=${encodeURIComponent(text)}`);
  await expect(lab.handle('backend')).toHaveAttribute('data-backend', lab.lane, { timeout: OPENING });
}

/** The text field of CodeMirror. */
const content = (lab) => lab.handle('editor').locator('.cm-content');

/** The text of the program, line by line, without what is shown behind lines. */
const lines = (lab) =>
  content(lab)
    .locator('.cm-line')
    .evaluateAll((all) =>
      all.map((line) => {
        const copy = line.cloneNode(true);
        for (const value of copy.querySelectorAll('.cm-value')) value.remove();
        return copy.textContent;
      }),
    );

/** Types a program in place of the one that is there. */
async function type(lab, text) {
  await content(lab).click();
  await lab.page.keyboard.press('ControlOrMeta+A');
  await lab.page.keyboard.press('Delete');
  await lab.page.keyboard.insertText(text);
}

test('what is typed can be undone and done again', async ({ lab, page }) => {
  await open(lab, 'x = 1\n');
  await expect.poll(() => lines(lab)).toEqual(['x = 1', '']);
  await content(lab).click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('y = 2');
  await expect.poll(() => lines(lab)).toEqual(['x = 1', 'y = 2']);
  await page.keyboard.press('ControlOrMeta+Z');
  await expect.poll(() => lines(lab)).toEqual(['x = 1', '']);
  await page.keyboard.press('ControlOrMeta+Y');
  await expect.poll(() => lines(lab)).toEqual(['x = 1', 'y = 2']);
});

test('blocks are indented, lines become comments, and the keyboard can leave', async ({ lab, page }) => {
  await open(lab, '');
  await content(lab).click();
  await page.keyboard.type('for i in range(2):\nprint(i)');
  await expect.poll(() => lines(lab)).toEqual(['for i in range(2):', '    print(i)']);
  await page.keyboard.press('ControlOrMeta+/');
  await expect.poll(() => lines(lab)).toEqual(['for i in range(2):', '    # print(i)']);
  await page.keyboard.press('Tab');
  await expect(content(lab)).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(content(lab)).not.toBeFocused();
});

test('names of torch are completed, with their arguments', async ({ lab, page }) => {
  await open(lab, 'import torch\n');
  await content(lab).click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('torch.logsumex');
  const offered = page.locator('.cm-tooltip-autocomplete li').first();
  await expect(offered).toHaveText(/^logsumexp\(.*dim/);
  await page.waitForTimeout(200);
  await page.keyboard.press('Enter');
  await expect.poll(() => lines(lab)).toEqual(['import torch', 'torch.logsumexp']);
});

test('a breakpoint is set by key or click, and goes where its line goes', async ({ lab, page }) => {
  await open(lab, 'a = 1\nb = 2\nc = 3\n');
  const stops = lab.handle('editor').locator('.cm-stop');
  // Measured in one go: the editor draws its gutters anew whenever it likes.
  const stopLine = () =>
    lab.handle('editor').evaluate((editor) => {
      const stop = editor.querySelector('.cm-stop')?.getBoundingClientRect();
      if (!stop) return undefined;
      const middle = stop.top + stop.height / 2;
      const holds = ({ top, bottom }) => top <= middle && middle < bottom;
      const numbers = [...editor.querySelectorAll('.cm-lineNumbers .cm-gutterElement')];
      return Number(numbers.find((one) => one.textContent && holds(one.getBoundingClientRect()))?.textContent);
    });
  await content(lab).locator('.cm-line').nth(1).click();
  await page.keyboard.press('F9');
  await expect(stops).toHaveCount(1);
  await expect.poll(stopLine).toBe(2);
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.type('import torch\n');
  await expect.poll(stopLine).toBe(3);
  await stops.click();
  await expect(stops).toHaveCount(0);
});

test('what is wrong is marked, listed, and led to', async ({ lab, page }) => {
  await open(lab, 'x = 1\n');
  await type(lab, 'y = 1\nx = (\n');
  const problems = lab.handle('diagnostics');
  await expect(problems).toContainText('SyntaxError');
  await expect(lab.handle('editor').locator('.cm-lintRange-error, .cm-lintPoint-error')).toHaveCount(1);
  await type(lab, 'print(1)\nprint(undefined_name)\n');
  await expect(problems).toContainText("name 'undefined_name' is not defined");
  await expect(problems).toContainText('line 2');
  await problems.getByRole('button', { name: /line 2/ }).click();
  await expect(content(lab)).toBeFocused();
  await page.keyboard.insertText('5');
  await expect(problems).toBeEmpty();
});

test.describe('without its bundle', () => {
  // The browser itself reports what could not be loaded.
  test.use({ expectedErrors: [/ERR_FAILED/] });

  test('the program is edited in a plain field', async ({ lab, page }) => {
    await page.route(BUNDLE, (route) => route.abort());
    await open(lab, 'x = 1\n');
    const field = lab.handle('editor');
    await expect(field).toHaveValue('x = 1\n');
    await field.fill('');
    await page.keyboard.type('for i in range(2):\nprint(undefined_name)');
    await expect(field).toHaveValue('for i in range(2):\n    print(undefined_name)');
    await expect(lab.handle('diagnostics')).toContainText('undefined_name');
    await page.keyboard.press('Tab');
    await expect(field).toBeFocused();
    await page.keyboard.press('ControlOrMeta+Z');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await expect(field).not.toBeFocused();
  });
});
