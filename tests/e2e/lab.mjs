// What a user does with digits: programs that read them, and the pad. What is expected stands in the tests.
import { expect } from '@playwright/test';
import { Playground } from './playground.mjs';

/** Loading is twelve megabytes and their checksums. */
const OPENING = 20_000;
const LOADING = 60_000;

/** Softmax regression on all of MNIST; prints the first losses, and the accuracy at the end. */
export function softmax({ lr = 0.5, batch = 100, epochs = 1, seed = 1, init = 'for p in model.parameters(): nn.init.zeros_(p)', device = 'cpu' }) {
  return `import torch
from torch import nn
from torchvision import datasets

def part(train):
    data = datasets.MNIST('data', train=train, download=True)
    return data.data.view(-1, 784).float().to(device) / 255, data.targets.to(device)

device = ${device === 'cpu' ? "'cpu'" : "'cuda' if torch.cuda.is_available() else 'cpu'"}
torch.manual_seed(${seed})
images, labels = part(True)
model = nn.Linear(784, 10)
${init}
model.to(device)
optimizer = torch.optim.SGD(model.parameters(), lr=${lr})
step = 0
for epoch in range(${epochs}):
    for batch in torch.randperm(60000).split(${batch}):
        batch = batch.to(device)
        loss = nn.functional.cross_entropy(model(images[batch]), labels[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step < 2:
            print('on', device, 'loss', loss.item())
        step += 1

images, labels = part(False)
right = (model(images).argmax(1) == labels).sum().item()
print('accuracy', right / 100)
`;
}

export class Lab extends Playground {
  constructor(page, site, lane) {
    super(page, site);
    this.lane = lane;
  }

  click(name) {
    return this.handle(name).click();
  }

  /** Opens the page where it shows digits, without waiting for anything else; or opens a program there. */
  async open(text) {
    // What only changes the address leaves the page, and what it shows, as it is.
    await this.page.goto('about:blank');
    await this.page.goto(new URL(text ? `#code=${encodeURIComponent(text)}` : '#lab', this.site.url).href);
    await expect(this.handle('backend')).toHaveAttribute('data-backend', this.lane, { timeout: OPENING });
    if (text) await this.click('view-lab');
    await expect(this.handle('digit-pad')).toBeVisible({ timeout: OPENING });
  }

  /** The same, and waits until the data are there and the program has run. */
  async openReady(text) {
    await this.open(text);
    await this.dataIs('ready');
    await this.stands('done', LOADING);
  }

  /** Opens a training that goes on for long, and waits until it has taken some steps. */
  async train(options = {}) {
    await this.open(softmax({ epochs: 1000, ...options }));
    await this.takes(20);
    await this.stands('running');
  }

  /** Waits until the optimizer has taken so many steps. */
  takes(steps) {
    return expect.poll(() => this.steps(), { timeout: LOADING }).toBeGreaterThanOrEqual(steps);
  }

  /** The steps that the optimizer has taken. */
  steps() {
    return this.number('time-steps');
  }

  dataIs(state) {
    return expect(this.handle('data-status')).toHaveAttribute('data-state', state, { timeout: LOADING });
  }

  /** The first number that a handle shows. */
  async number(name) {
    const text = (await this.handle(name).textContent()) ?? '';
    const found = /-?\d[\d,\u2009\u202f ]*(\.\d+)?(e[+-]?\d+)?/i.exec(text);
    return found ? Number(found[0].replace(/[,\u2009\u202f ]/g, '')) : NaN;
  }

  /** What the program has printed. */
  output() {
    return this.handle('output').innerText();
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
