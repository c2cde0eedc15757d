// Which functions of the page's program opening the page takes, so that the others can follow: see crates/split.
// node opening.mjs FILE writes their numbers into FILE, a line each. The page in dist/ must be in one piece.
//
// V8 compiles a function when it is called for the first time, and can be told to say so.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { launchOptions } from './chromium.mjs';
import { GRADIENT } from './playground.mjs';
import { serve } from './server.mjs';

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
/** Lines to the server: milliseconds, and bytes in a second (-1: as many as there are). */
const NEAR = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
const FAR = { latency: 40, downloadThroughput: 2.5e6, uploadThroughput: 1e6 };
/** How the page is opened: with WebGPU or without, in a window of this size, by a processor that is so many times slower, over this line. */
const VISITS = [
  { lane: 'cpu', size: WIDE, slower: 1, line: NEAR },
  { lane: 'cpu', size: WIDE, slower: 2, line: NEAR },
  { lane: 'cpu', size: WIDE, slower: 6, line: NEAR },
  { lane: 'cpu', size: PHONE, slower: 4, line: NEAR },
  { lane: 'webgpu', size: WIDE, slower: 1, line: NEAR },
  { lane: 'cpu', size: WIDE, slower: 1, line: FAR },
  { lane: 'cpu', size: PHONE, slower: 2, line: FAR },
  { lane: 'webgpu', size: WIDE, slower: 1, line: FAR },
  { lane: 'webgpu', size: PHONE, slower: 3, line: NEAR },
];
const COMPILED = /Compiled function (0x[0-9a-f]+)#(\d+) using/g;
const STARTING = 20_000;
const OPENING = 120_000;
/** The page stands; what it still does is over soon. */
const SETTLING = 4000;
/** What stands in the address: nothing, or a program. What happens when differs from time to time, and with it what is called. */
const ADDRESSES = [
  '',
  '',
  `#code=${encodeURIComponent(GRADIENT)}`,
  `#p=1.${deflateRawSync(`shared\tline\t\n${GRADIENT}`).toString('base64url')}`,
  '',
  '',
];

/** What the browser prints while the page is opened. */
async function printed(site, { lane, size, slower, line }) {
  const profile = mkdtempSync(path.join(tmpdir(), 'seegrad-opening-'));
  const { executablePath, args } = launchOptions(lane);
  // No process between this one and the page's may swallow what it prints.
  const flags = ['--headless', '--no-zygote', '--js-flags=--trace-wasm-compilation-times', '--remote-debugging-port=0'];
  const browser = spawn(executablePath, [...args, ...flags, `--user-data-dir=${profile}`, 'about:blank']);
  let text = '';
  browser.stdout.on('data', (data) => (text += data));
  const ended = new Promise((resolve) => browser.on('close', resolve));
  const door = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('the browser did not start')), STARTING);
    let said = '';
    browser.stderr.on('data', (data) => {
      said += data;
      const found = /DevTools listening on (\S+)/.exec(said);
      if (found) resolve(found[1], clearTimeout(late));
    });
  });
  const control = await chromium.connectOverCDP(door);
  const page = await control.contexts()[0].newPage();
  await page.setViewportSize(size);
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await session.send('Network.emulateNetworkConditions', { offline: false, ...line });
  for (const address of ADDRESSES) {
    await page.goto('about:blank');
    await page.goto(site.url + address);
    for (const part of ['[data-testid=graph] [data-node]', '.cm-content'])
      await page.locator(part).first().waitFor({ state: 'attached', timeout: OPENING });
    await page.waitForTimeout(SETTLING);
  }
  await control.close();
  browser.kill();
  await ended;
  rmSync(profile, { recursive: true, force: true });
  return text;
}

/** The functions of the program that were compiled. Kernels that are made at run time are programs of a few functions. */
function called(text) {
  const programs = new Map();
  for (const [, program, number] of text.matchAll(COMPILED)) {
    if (!programs.has(program)) programs.set(program, new Set());
    programs.get(program).add(Number(number));
  }
  return [...programs.values()].reduce((most, numbers) => (numbers.size > most.size ? numbers : most), new Set());
}

const site = await serve();
// One after another, then all at once: on a busy machine.
const texts = [];
for (const visit of VISITS) texts.push(await printed(site, visit));
texts.push(...(await Promise.all(VISITS.map((visit) => printed(site, visit)))));
await site.close();
const all = new Set();
for (const numbers of texts.map(called)) {
  if (numbers.size < 1000) throw new Error(`only ${numbers.size} functions were compiled: does this browser say which?`);
  numbers.forEach((number) => all.add(number));
}
writeFileSync(process.argv[2], [...all].sort((a, b) => a - b).map((number) => `${number}\n`).join(''));
console.log(`${all.size} functions are called while the page opens.`);
