// The first minute: what the page says about its backend and its data, and what it weighs.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../fixtures.mjs';
import { DIST } from '../server.mjs';
import { EDITOR, LIMIT, weigh } from '../../../crates/xtask/src/size.mjs';

test('the page says which backend computes, and why', async ({ lab, lane }) => {
  await lab.open();
  const backend = lab.handle('backend');
  if (lane === 'webgpu') {
    await expect(backend).toContainText(/WebGPU\s+.*SwiftShader/i);
    await expect(lab.handle('backend-reason')).toBeHidden();
  } else {
    await expect(backend).toContainText(/CPU\s+\w/);
    await expect(lab.handle('backend-reason')).toContainText(/\w+ \w+/);
  }
});

test('all images arrive, those of the test set first', async ({ lab, page }) => {
  await page.addInitScript(() => {
    window.states = [];
    const note = () => {
      const state = document.querySelector('[data-testid=data-status]')?.dataset.state;
      if (state && state !== 'none' && state !== window.states.at(-1)) window.states.push(state);
    };
    new MutationObserver(note).observe(document, { subtree: true, childList: true, attributes: true });
  });
  await lab.openReady();
  const states = await page.evaluate(() => window.states);
  expect(states[0]).toBe('loading');
  expect(states.at(-1)).toBe('ready');
  expect(states).toContain('test-ready');
  await expect(lab.handle('data-status')).toContainText(/60[,\u2009\u202f ]?000/);
  await expect(lab.handle('data-status')).toBeHidden();
});

test('the link to the digits opens a program that reads them, unless one is open', async ({ playground, page }) => {
  await playground.run('print(1)\n');
  await playground.handle('view-lab').click();
  await expect(playground.handle('digit-pad')).toBeVisible();
  await expect(playground.handle('program-title')).toHaveText('Trained: a ConvNet');
  expect(new URL(page.url()).hash).toBe('#lab');
  await playground.stands('done');
  // It stays when the user changes it, and another program takes the address away.
  await playground.write('# MNIST\nprint(2)\n');
  await playground.handle('graph-digits').click();
  await expect(playground.handle('digit-pad')).toBeHidden();
  await playground.handle('view-lab').click();
  await expect(playground.handle('digit-pad')).toBeVisible();
  expect(await playground.text()).toBe('# MNIST\nprint(2)\n');
  await playground.menu('program-menu');
  await playground.handle('example').first().click();
  await expect(playground.handle('program-title')).toHaveText('A line through points');
  expect(new URL(page.url()).hash).toBe('');
});

test('the page is small, and loads nothing from elsewhere', async ({ lab, page }) => {
  const files = new Set();
  const foreign = [];
  page.on('response', (response) => {
    const url = response.url();
    if (!/^(data|blob):/.test(url) && !url.startsWith(lab.site.url)) foreign.push(url);
    if (url.startsWith(lab.site.url) && !/\/(data|weights)\//.test(url) && !url.endsWith(EDITOR)) files.add(new URL(url).pathname);
  });
  await lab.open();
  await page.waitForLoadState('networkidle');
  let brotli = 0;
  for (const file of files) brotli += weigh(readFileSync(path.join(DIST, file === '/' ? 'index.html' : file))).brotli;
  expect(foreign).toEqual([]);
  expect(files.size).toBeGreaterThanOrEqual(4);
  expect(brotli).toBeLessThan(LIMIT);
});
