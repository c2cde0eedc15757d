// How cost grows: runs the program `www/programs/growth.py` in the built page, with WebGPU and without, and prints
// what it prints. node growth.mjs
import { readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { launchOptions } from '../e2e/chromium.mjs';
import { Playground } from '../e2e/playground.mjs';
import { serve } from '../e2e/server.mjs';

/** SwiftShader takes its time. */
const MINUTES = 8;

const program = readFileSync(new URL('../../www/programs/growth.py', import.meta.url), 'utf8');
const site = await serve({ isolated: true });
try {
  for (const lane of ['cpu', 'webgpu']) {
    const browser = await chromium.launch(launchOptions(lane));
    const playground = new Playground(await browser.newPage(), site);
    await playground.open(`#code=${encodeURIComponent(program)}`);
    await playground.stands('done', MINUTES * 60_000);
    console.log(`${await playground.handle('output').innerText()}\n`);
    await browser.close();
  }
} finally {
  await site.close();
}
