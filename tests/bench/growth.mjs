// How cost grows: runs the program `www/programs/growth.py` in the built page, with WebGPU and without, and prints
// what it prints; then how long the page takes for graphs of more and more nodes, and for going back in longer and
// longer runs. node growth.mjs
import { readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { launchOptions } from '../e2e/chromium.mjs';
import { Playground } from '../e2e/playground.mjs';
import { serve } from '../e2e/server.mjs';

/** SwiftShader takes its time. */
const MINUTES = 8;

const program = readFileSync(new URL('../../www/programs/growth.py', import.meta.url), 'utf8');

/** A chain of so many ops, each on a line of its own: nothing folds. */
const chain = (ops) =>
  `import torch\nx = torch.ones(4, requires_grad=True)\n${'x = torch.tanh(x)\n'.repeat(ops)}x.sum().backward()\n`;

/** A training of so many steps. */
const training = (steps) => `import torch
w = torch.tensor([4.0, -2.0], requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.001)
for step in range(${steps}):
    loss = (w ** 2).sum()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`;

/** In the page: milliseconds from the click that runs the program until its graph no longer changes, and the boxes that are drawn. */
async function draw(button) {
  const graph = document.querySelector('[data-testid=graph]');
  let last = performance.now();
  const watcher = new MutationObserver(() => (last = performance.now()));
  watcher.observe(graph, { subtree: true, childList: true, attributes: true });
  const began = performance.now();
  document.querySelector(`[data-testid=${button}]`).click();
  do await new Promise((resolve) => setTimeout(resolve, 50));
  while (performance.now() - last < 1000);
  watcher.disconnect();
  return { ms: last - began, boxes: graph.querySelectorAll('[data-node]').length };
}

/** In the page: milliseconds until a key on the timeline has led to so many steps. */
async function go([key, steps]) {
  const [handle, counter] = ['time-handle', 'time-steps'].map((name) => document.querySelector(`[data-testid=${name}]`));
  const began = performance.now();
  handle.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  while (counter.textContent.replace(/\D/g, '') !== String(steps)) await new Promise((resolve) => setTimeout(resolve, 1));
  return performance.now() - began;
}

const row = (...cells) => console.log(cells.map((cell) => String(cell).padStart(10)).join(' '));

/** Graphs of straight programs: their first run after being opened as a link, which waits to be agreed to where it is long. */
async function drawings(browser, site) {
  console.log('A graph, by its ops: from the click to the last change of the drawing, and the boxes that are drawn');
  for (const ops of [10, 30, 100, 300, 900]) {
    const playground = new Playground(await browser.newPage(), site);
    await playground.open(`#code=${encodeURIComponent(chain(ops))}`);
    await playground.page.waitForTimeout(1500);
    const long = await playground.handle('run-shared').isVisible();
    if (!long) await playground.handle('to-start').click();
    if (!long) await playground.stands('paused');
    const { ms, boxes } = await playground.page.evaluate(draw, long ? 'run-shared' : 'to-end');
    row(ops, `${ms.toFixed(0)} ms`, boxes);
    await playground.page.close();
  }
}

/** Runs that are gone back in. */
async function histories(browser, site) {
  console.log('\nA run, by its steps: back to the start, and to the end again');
  for (const steps of [10, 100, 1000, 10_000]) {
    const playground = new Playground(await browser.newPage(), site);
    await playground.run(training(steps));
    const back = await playground.page.evaluate(go, ['Home', 0]);
    const forth = await playground.page.evaluate(go, ['End', steps]);
    row(steps, ...[back, forth].map((ms) => `${ms.toFixed(0)} ms`));
    await playground.page.close();
  }
}

const site = await serve({ isolated: true });
try {
  for (const lane of ['cpu', 'webgpu']) {
    const browser = await chromium.launch(launchOptions(lane));
    const playground = new Playground(await browser.newPage(), site);
    await playground.open(`#code=${encodeURIComponent(program)}`);
    await playground.stands('done', MINUTES * 60_000);
    console.log(`${await playground.handle('output').innerText()}\n`);
    await playground.page.close();
    if (lane === 'cpu') {
      await drawings(browser, site);
      await histories(browser, site);
    }
    await browser.close();
  }
} finally {
  await site.close();
}
