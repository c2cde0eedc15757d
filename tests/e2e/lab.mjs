// The page's handles (data-testid), and what a user does with them. What is expected stands in the tests.
import { expect } from '@playwright/test';

/** Loading is twelve megabytes and their checksums; training is slow where WebGPU is computed by the CPU. */
const OPENING = 20_000;
const LOADING = 60_000;
const TRAINING = 60_000;

export class Lab {
  constructor(page, site, lane) {
    this.page = page;
    this.site = site;
    this.lane = lane;
  }

  handle(name) {
    return this.page.getByTestId(name);
  }

  /** Opens the page, without waiting for the data. It computes on the lane's backend, or the test fails. */
  async open() {
    await this.page.goto(new URL('#lab', this.site.url).href);
    await expect(this.handle('backend')).toHaveAttribute('data-backend', this.lane, { timeout: OPENING });
  }

  /** Opens the page and waits until it can train. */
  async openReady() {
    await this.open();
    await this.dataIs('ready');
  }

  dataIs(state) {
    return expect(this.handle('data-status')).toHaveAttribute('data-state', state, { timeout: LOADING });
  }

  runIs(state) {
    return expect(this.handle('run-state')).toHaveAttribute('data-state', state, { timeout: TRAINING });
  }

  /** Types into a field of the settings, and leaves it. */
  async set(name, value) {
    const field = this.handle(name);
    await field.fill(String(value));
    await field.press('Tab');
  }

  click(name) {
    return this.handle(name).click();
  }

  /** The first number that a handle shows. */
  async number(name) {
    const text = (await this.handle(name).textContent()) ?? '';
    const found = /-?\d[\d,\u2009\u202f ]*(\.\d+)?(e[+-]?\d+)?/i.exec(text);
    return found ? Number(found[0].replace(/[,\u2009\u202f ]/g, '')) : NaN;
  }

  /** The test accuracy in percent, once it is shown. */
  async accuracy() {
    await expect(this.handle('test-accuracy')).toHaveText(/\d+\.\d+\s*%/);
    return this.number('test-accuracy');
  }

  /** Trains for some epochs, to the end. */
  async train(epochs, settings = {}) {
    for (const [name, value] of Object.entries({ ...settings, epochs })) await this.set(name, value);
    await this.click('train');
    await this.runIs('finished');
  }

  /** Takes some steps, then pauses; gives back how many there were. */
  async trainSteps(steps) {
    await this.set('epochs', 1000);
    await this.click('train');
    await expect.poll(() => this.number('step-count'), { timeout: TRAINING }).toBeGreaterThanOrEqual(steps);
    await this.click('train');
    await this.runIs('paused');
    return this.number('step-count');
  }

  /** A model that reads most digits. */
  trainQuickly() {
    return this.trainSteps(200);
  }

  /** Draws strokes of points, 0 to 1 across the pad, with the mouse. */
  async draw(strokes) {
    const box = await this.handle('digit-pad').boundingBox();
    const at = ({ x, y }) => [box.x + x * box.width, box.y + y * box.height];
    for (const [first, ...rest] of strokes) {
      await this.page.mouse.move(...at(first));
      await this.page.mouse.down();
      for (const point of rest) await this.page.mouse.move(...at(point));
      await this.page.mouse.up();
    }
  }

  /** The digit that is predicted, when a prediction is shown. */
  async prediction() {
    await expect(this.handle('prediction')).toHaveText(/^\s*\d/);
    return this.number('prediction');
  }
}
