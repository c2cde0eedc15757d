// Measures the engine where it runs for users: in the built page's worker, in headless Chromium. The page itself is
// left out. One line of JSON for each measurement; README.md says what the cases are.
// node run.mjs [--case NAME[,NAME]] [--backend cpu|webgpu] [--mode eager|fused] [--turns N] [--peers] [--without PEER-BACKEND[,…]] [--budget MS]
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launchOptions } from '../e2e/chromium.mjs';
import { serve } from '../e2e/server.mjs';
import { converse } from './converse.mjs';

/** What the cases are called on the command line, in the protocol and in the output. */
const CASES = [
  'train_step_b128',
  'epoch_b128',
  'mlp_step_b128',
  'conv_step_b64',
  'predict1',
  'matmul_256',
  'matmul_512',
  'matmul_1024',
  'elementwise_4m',
];
const BACKENDS = { cpu: 'Cpu', webgpu: 'WebGpu' };
const MODES = { eager: false, fused: true };
/** The loss of the 50th step, computed in float64. */
const LOSSES = { train_step_b128: 0.3376555, mlp_step_b128: 0.548761, conv_step_b64: 1.8449634 };

const text = { type: 'string' };
const { values: options } = parseArgs({
  options: { case: text, backend: text, mode: text, turns: { ...text, default: '1' }, peers: { type: 'boolean' }, without: text, budget: { ...text, default: '5000' } },
});

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

const results = [];

/** Keeps a measurement and prints it as one line; what computes something else is not compared. */
function take(result) {
  const known = LOSSES[result.case];
  if (known !== undefined && !(Math.abs(result.loss - known) < 1e-4))
    throw new Error(`${result.peer} on ${result.backend}, ${result.case}: a loss of ${result.loss}, not ${known}`);
  results.push(result);
  const { peer, backend, case: name, n, median_ms, min_ms, gflops, gb_per_s, loss } = result;
  const fields = { peer, backend, case: name, median_ms, min_ms, n, gflops, gb_per_s, loss };
  const round = (key, value) =>
    typeof value === 'number' ? Number(value.toPrecision(key === 'loss' ? 7 : 4)) : (value ?? undefined);
  console.log(JSON.stringify(fields, round));
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** One measurement of several turns: the medians of one of them say little where other work comes and goes. */
function joined(turns) {
  const median_ms = median(turns.map((turn) => turn.median_ms));
  const typical = turns.find((turn) => turn.median_ms === median_ms);
  return { ...typical, min_ms: Math.min(...turns.map((turn) => turn.min_ms)), n: turns.reduce((n, turn) => n + turn.n, 0) };
}

/** Keeps the measurements of one case on one backend, which come in turns of all modes, and says how the modes compare. */
function takeOurs(measured) {
  const [eager, fused] = [false, true].map((mode) => measured.filter((turn) => turn.fused === mode));
  for (const mode of [eager, fused].filter((mode) => mode.length > 0)) take(joined(mode));
  if (eager.length < 2 || fused.length < 2) return;
  // Neighbours in time: what slows one down slows the other down too.
  const ratios = eager.map((turn, i) => fused[i].median_ms / turn.median_ms).toSorted((a, b) => a - b);
  const [low, middle, high] = [ratios[0], median(ratios), ratios.at(-1)].map((ratio) => ratio.toFixed(2));
  const [{ backend, case: name }] = measured;
  console.log(`${backend} ${name}: fused / eager ${middle} (${low} to ${high} in ${ratios.length} turns)`);
}

/** Runs the cases of the engine on one backend. */
async function measureOurs(browser, site, backend, runs) {
  const page = await browser.newPage();
  const failures = [];
  let measured = [];
  page.on('console', (message) => message.type() === 'error' && console.error(message.text()));
  await page.goto(site.blank);
  await page.exposeFunction('report', (result) => {
    measured.push({ peer: `ours ${result.fused ? 'fused' : 'eager'}`, ...result });
    if (measured.length < turns.length * modes.length) return;
    // All of a case: what comes later may fail.
    try {
      takeOurs(measured);
    } catch (error) {
      failures.push(error);
    }
    measured = [];
  });
  const addresses = { worker: `${site.url}worker_loader.js`, data: `${site.url}data/mnist/` };
  try {
    await page.evaluate(converse, { ...addresses, backend: BACKENDS[backend], runs });
  } finally {
    await page.close();
  }
  if (failures.length > 0) throw failures[0];
}

/** Runs the cases of the peers, and prints the comparison. A peer that fails is named, and left out. */
async function measurePeers(browser, backends, cases) {
  const { PEERS, files, measure } = await import('./peers/peers.mjs');
  const { tables } = await import('./peers/table.mjs');
  const without = options.without?.split(',') ?? [];
  const wanted = ({ name, backend }) => backends.includes(backend === 'webgl' ? 'webgpu' : backend) && !without.includes(`${name}-${backend}`);
  const peers = PEERS.filter(wanted);
  // Not isolated: without shared memory each has one thread, as the engine has.
  const site = await serve({ extra: await files(peers) });
  try {
    for (const peer of peers)
      for (const name of cases)
        try {
          take(await measure(browser, site, peer, name, Number(options.budget)));
        } catch (error) {
          console.error(`${peer.name} on ${peer.backend}, ${name}: ${error.message.split('\n')[0]}`);
        }
  } finally {
    await site.close();
  }
  console.log(tables(results, cases).join('\n'));
}

const cases = choose(CASES, options.case);
const backends = choose(Object.keys(BACKENDS), options.backend);
const modes = choose(Object.keys(MODES), options.mode);
const turns = Array.from({ length: Math.max(1, Number(options.turns) || 1) });
const runs = cases.flatMap((name) => turns.flatMap(() => modes.map((mode) => ({ case: name, fused: MODES[mode] }))));
const browser = await chromium.launch(launchOptions('webgpu'));
const site = await serve({ isolated: true });
try {
  for (const backend of backends) await measureOurs(browser, site, backend, runs);
  if (options.peers) await measurePeers(browser, backends, cases);
} finally {
  await site.close();
  await browser.close();
}
