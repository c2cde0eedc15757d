// The playground's handles (data-testid), and what a user does with programs. What is expected stands in the tests.
import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';

/** Loading and starting the page. */
const OPENING = 20_000;

/** A training of two numbers, whose losses are known. */
export const DESCENT = `import torch
w = torch.tensor([4.0, -2.0], requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.25)
for step in range(6):
    loss = (w ** 2).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(step, round(loss.item(), 4))
`;

/** A program as links open it, which takes no more of the page's program than opening does (see opening.mjs). */
export const GRADIENT = `import torch
x = torch.tensor([1.0, 2.0], requires_grad=True)
y = (x * x).sum()
y.backward()
print(x.grad)
`;

export class Playground {
  constructor(page, site) {
    this.page = page;
    this.site = site;
  }

  handle(name) {
    return this.page.getByTestId(name);
  }

  /** Opens the page: with a query and a fragment, or as it is. */
  async open(address = '') {
    await this.page.goto(new URL(address, this.site.url).href);
    await expect(this.handle('program-title')).not.toBeEmpty({ timeout: OPENING });
  }

  /** Opens a program by its text, and waits until its run stands. */
  async run(text, state = 'done') {
    await this.page.goto(`${this.site.url}#code=${encodeURIComponent(text)}`);
    await this.stands(state);
  }

  /** Waits until the run stands so. */
  async stands(state, timeout = 30_000) {
    const badge = this.handle('program-state').first();
    await expect(badge).toHaveAttribute('data-state', state, { timeout });
  }

  /** The nodes of the graph that an op has made; those without an op by the empty name. */
  node(op) {
    return this.handle('graph').locator(`[data-node][data-op="${op}"]`);
  }

  /** Opens one of the menus: `program-menu`, `lesson-menu` or `share-menu`. */
  async menu(name) {
    const button = this.handle(name);
    if ((await button.getAttribute('aria-expanded')) !== 'true') await button.click();
  }

  /** The content of the file that a button hands out, and its name. */
  async download(button) {
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.handle(button).click()]);
    return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
  }

  /** The program, as it would be saved. */
  async text() {
    await this.menu('share-menu');
    const { text } = await this.download('download-py');
    await this.page.keyboard.press('Escape');
    return text;
  }

  /** Puts a text into the editor in place of the program. */
  async write(text) {
    const field = this.page.locator('[data-testid=editor] .cm-content, textarea[data-testid=editor]').first();
    await field.click();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.press('Delete');
    await this.page.keyboard.insertText(text);
  }
}
