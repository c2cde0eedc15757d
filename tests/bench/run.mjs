// Measures the engine where it runs for users: in the built page's worker, in headless Chromium. The page itself is
// left out. One line of JSON for each backend and case; README.md says what the cases are.
// node run.mjs [--case NAME[,NAME]] [--backend cpu|webgpu]
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launchOptions } from '../e2e/chromium.mjs';
import { serve } from '../e2e/server.mjs';
import { converse } from './converse.mjs';

/** What the cases are called on the command line, in the protocol and in the output. */
const CASES = [
  'train_step_b128',
  'epoch_b128',
  'predict1',
  'matmul_256',
  'matmul_512',
  'matmul_1024',
  'elementwise_4m',
];
const BACKENDS = { cpu: 'Cpu', webgpu: 'WebGpu' };

const { values: options } = parseArgs({ options: { case: { type: 'string' }, backend: { type: 'string' } } });

/** The names that were asked for; all, if none were. */
function choose(known, text) {
  const names = text?.split(',') ?? known;
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no ${unknown.join(', ')}, but ${known.join(', ')}.`);
    process.exit(1);
  }
  return names;
}

/** Runs the cases on one backend, in a browser of its own. */
async function measure(site, backend, cases) {
  const browser = await chromium.launch(launchOptions(backend));
  try {
    const page = await browser.newPage();
    page.on('console', (message) => message.type() === 'error' && console.error(message.text()));
    await page.goto(site.blank);
    await page.exposeFunction('report', (result) => console.log(line(result)));
    const addresses = { worker: `${site.url}worker_loader.js`, data: `${site.url}data/mnist/` };
    await page.evaluate(converse, { ...addresses, backend: BACKENDS[backend], cases });
  } finally {
    await browser.close();
  }
}

/** A measurement as one line: four digits, and nothing that the case does not have. */
function line({ backend, case: name, n, median_ms, min_ms, gflops, gb_per_s }) {
  const fields = { backend, case: name, median_ms, min_ms, n, gflops, gb_per_s };
  const round = (key, value) => (typeof value === 'number' ? Number(value.toPrecision(4)) : (value ?? undefined));
  return JSON.stringify(fields, round);
}

const cases = choose(CASES, options.case);
const backends = choose(Object.keys(BACKENDS), options.backend);
const site = await serve({ isolated: true });
try {
  for (const backend of backends) await measure(site, backend, cases);
} finally {
  await site.close();
}
