// What of the page's program opening the page takes, so that the rest can follow: see crates/split.
// node opening.mjs PROGRAM FILE opens the page in dist/ with PROGRAM, which has a byte in its memory for each of its points that
// control gets to, and writes these bytes into FILE.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { launchOptions } from './chromium.mjs';
import { GRADIENT } from './playground.mjs';
import { DIST, serve } from './server.mjs';

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
const OPENING = 120_000;
/** The page stands; what it still does is over soon. */
const SETTLING = 3000;
/** What stands in the address: nothing, or a program. What happens when differs from time to time, and with it what is called. */
const ADDRESSES = [
  '',
  '',
  `#code=${encodeURIComponent(GRADIENT)}`,
  `#p=1.${deflateRawSync(`shared\tline\t\n${GRADIENT}`).toString('base64url')}`,
  '',
  '',
];

/** How many points the program of a page or a worker has, and which of them it has passed so far. */
const passedIn = (place) =>
  place.evaluate(() => {
    const { memory, points, points_count } = programOfSite();
    const bytes = new Uint8Array(memory.buffer, points.value, points_count.value);
    return { all: bytes.length, passed: [...bytes.keys()].filter((point) => bytes[point]) };
  });

/** The points that are passed while the page is opened. */
async function passed(site, { lane, size, slower, line }) {
  const browser = await chromium.launch(launchOptions(lane));
  const page = await browser.newPage({ viewport: size });
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await session.send('Network.emulateNetworkConditions', { offline: false, ...line });
  const seen = [];
  for (const address of ADDRESSES) {
    await page.goto('about:blank');
    await page.goto(site.url + address);
    for (const part of ['[data-testid=graph] [data-node]', '.cm-content']) {
      const shown = page.locator(part).first().waitFor({ state: 'attached', timeout: OPENING });
      await shown.catch(async () => {
        const text = await page.locator('body').innerText();
        throw new Error(`${lane} ${size.width} wide, ${slower} times slower, at '${address}': no ${part}, but\n${text}`);
      });
    }
    await page.waitForTimeout(SETTLING);
    // Who leaves before the rest has come must not wait for it.
    await page.evaluate(() => dispatchEvent(new Event('pagehide')));
    for (const place of [page, ...page.workers()]) seen.push(await passedIn(place));
  }
  await browser.close();
  return seen;
}

const [program, file] = process.argv.slice(2);
const script = `${readFileSync(path.join(DIST, 'site.js'), 'utf8')}\nglobalThis.programOfSite = () => wasm;\n`;
const site = await serve({
  extra: new Map([
    ['site_bg.wasm', readFileSync(program)],
    ['site.js', Buffer.from(script)],
  ]),
});
// One after another, then all at once: on a busy machine.
const visits = [];
for (const visit of VISITS) visits.push(await passed(site, visit));
visits.push(...(await Promise.all(VISITS.map((visit) => passed(site, visit)))));
await site.close();
const seen = visits.flat();
const points = new Uint8Array(seen[0].all);
for (const { passed } of seen) for (const point of passed) points[point] = 1;
writeFileSync(file, points);
console.log(`${points.reduce((n, point) => n + point)} points of the program are passed while the page opens.`);
