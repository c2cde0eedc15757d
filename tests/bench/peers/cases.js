// The cases, as peers run them: in a page, with the sizes, settings and initial weights of our own
// (crates/worker/src/bench.rs). Every case first shows that it computes the right thing.
const BATCH = 128;
const ELEMENTS = 4 << 20;

/** mulberry32: numbers in [low, high) that repeat. */
function uniform(n, seed, low, high) {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return Float32Array.from({ length: n }, () => low + (high - low) * next());
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

async function file(folder, name) {
  const { body } = await fetch(`${folder}${name}.gz`);
  return new Uint8Array(await new Response(body.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer());
}

/** Batches in file order: pixels between 0 and 1, and rows with a one at the right class. */
async function batches(folder, limit = Infinity, size = BATCH) {
  const [images, labels] = [await file(folder, 'train-images-idx3-ubyte'), await file(folder, 'train-labels-idx1-ubyte')];
  const [pixels, classes] = [images.subarray(16), labels.subarray(8)];
  const count = Math.min(limit, Math.ceil(classes.length / size));
  return Array.from({ length: count }, (_, i) => {
    const [from, to] = [i * size, Math.min((i + 1) * size, classes.length)];
    const hot = new Float32Array((to - from) * 10);
    classes.subarray(from, to).forEach((label, row) => (hot[row * 10 + label] = 1));
    return { x: Float32Array.from(pixels.subarray(from * 784, to * 784), (p) => p / 255), hot, rows: to - from };
  });
}

const layer = (inputs, outputs, weight) => ({ inputs, outputs, weight, bias: new Float32Array(outputs) });
const glorot = (inputs, outputs, seed) => {
  const bound = Math.sqrt(6 / (inputs + outputs));
  return layer(inputs, outputs, uniform(inputs * outputs, seed, -bound, bound));
};
/** Windows of so many rows and columns; weights are [outputs, inputs, window, window]. */
const convolution = (inputs, outputs, window, seed) => {
  const taps = window * window;
  const bound = Math.sqrt(6 / ((inputs + outputs) * taps));
  return { window, ...layer(inputs, outputs, uniform(inputs * outputs * taps, seed, -bound, bound)) };
};
const MODELS = {
  softmax: () => ({ lr: 0.5, layers: [layer(784, 10, new Float32Array(7840))] }),
  mlp: () => ({ lr: 0.1, layers: [glorot(784, 128, 11), glorot(128, 10, 12)] }),
  conv: () => ({
    lr: 0.03,
    batch: 64,
    // Biases are not zero: what the slope of ReLU is there, libraries do not agree on.
    layers: [convolution(1, 10, 5, 11), convolution(10, 20, 5, 12), glorot(320, 50, 13), glorot(50, 10, 14)].map(
      (layer, i) => ({ ...layer, bias: uniform(layer.outputs, 21 + i, -0.1, 0.1) }),
    ),
  }),
};

/** Times `samples` runs of `count` calls and one wait each, fewer where the budget is too small. */
async function sample(run, sync, count, samples, budget) {
  let calls = 0;
  const time = async (n) => {
    const start = performance.now();
    for (let i = 0; i < n; i++) await run(calls++);
    await sync();
    return (performance.now() - start) / n;
  };
  await time(1);
  const estimate = Math.max(await time(2), 1e-3);
  count = Math.max(1, Math.min(count, Math.floor(budget / (samples + 1) / estimate)));
  await time(count);
  const times = [];
  for (let i = 0; i < samples; i++) times.push(await time(count));
  return times;
}

async function trainStep(peer, { data, budget }, model) {
  const { layers, lr, batch } = MODELS[model]();
  const loaded = await batches(data, 64, batch);
  const checked = peer.train(layers, lr, loaded);
  for (let i = 0; i < 50; i++) await checked.step(i);
  const loss = await checked.loss();
  checked.free();
  const training = peer.train(layers, lr, loaded);
  const times = await sample((i) => training.step(i), () => training.loss(), 200, 5, budget);
  training.free();
  return { times, loss };
}

async function epoch(peer, { data, budget }) {
  const { layers, lr } = MODELS.softmax();
  const training = peer.train(layers, lr, await batches(data));
  const [times, began] = [[], performance.now()];
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    for (let step = 0; step < 469; step++) {
      await training.step(step);
      if (step % 10 === 9 || step === 468) await training.loss();
    }
    // The first warms up, unless a second would take too long.
    if (round > 0) times.push(performance.now() - start);
    else if (performance.now() - start > 2 * budget) return { times: [performance.now() - start] };
    if (round > 0 && performance.now() - began > budget) break;
  }
  training.free();
  return { times };
}

/** Fails unless the values at some places are as expected. */
function check(found, expected) {
  for (const [i, value] of expected)
    if (!(Math.abs(found[i] - value) < 1e-3)) throw new Error(`wrong result: ${found[i]} at ${i}, not ${value}`);
}

async function product(peer, { budget }, n) {
  const scale = Math.sqrt(3 / n);
  const [a, b] = [uniform(n * n, 1, -1, 1), uniform(n * n, 2, -scale, scale)];
  const chain = await peer.product(n, a, b);
  await chain.run();
  const element = (row, column) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += a[row * n + k] * b[k * n + column];
    return [row * n + column, sum];
  };
  check(await chain.read(), [element(0, 0), element(1, n - 1), element(n - 1, 3)]);
  const times = await sample(() => chain.run(), () => chain.sync(), n > 512 ? 20 : 100, 7, budget);
  chain.free();
  return { times };
}

async function elementwise(peer, { budget }) {
  const [y, a, b] = [uniform(ELEMENTS, 1, -1, 1), uniform(ELEMENTS, 2, 0, 0.9), uniform(ELEMENTS, 3, -0.5, 0.5)];
  const chain = await peer.chain(y, a, b);
  await chain.run();
  check(await chain.read(), [0, 12345, ELEMENTS - 1].map((i) => [i, Math.max(0, y[i] * a[i] + b[i])]));
  const times = await sample(() => chain.run(), () => chain.sync(), 20, 7, budget);
  chain.free();
  return { times };
}

async function predict(peer, { data }) {
  const pixels = (await file(data, 't10k-images-idx3-ubyte')).subarray(16);
  const [weight, bias] = [uniform(7840, 1, -0.1, 0.1), uniform(10, 2, -0.1, 0.1)];
  const run = await peer.predict(weight, bias);
  const image = (i) => Float32Array.from(pixels.subarray(i * 784, (i + 1) * 784), (p) => p / 255);
  const first = image(0);
  const logits = Array.from(bias, (z, j) => first.reduce((sum, p, k) => sum + p * weight[k * 10 + j], z));
  const total = logits.reduce((sum, z) => sum + Math.exp(z), 0);
  check(await run(first), logits.map((z, j) => [j, Math.exp(z) / total]));
  const times = [];
  for (let group = 0; group < 35; group++) {
    const start = performance.now();
    for (let i = 0; i < 10; i++) await run(image(group * 10 + i));
    if (group >= 5) times.push((performance.now() - start) / 10);
  }
  return { times };
}

const CASES = {
  train_step_b128: (peer, options) => trainStep(peer, options, 'softmax'),
  epoch_b128: epoch,
  mlp_step_b128: (peer, options) => trainStep(peer, options, 'mlp'),
  conv_step_b64: (peer, options) => trainStep(peer, options, 'conv'),
  predict1: predict,
  matmul_256: (peer, options) => product(peer, options, 256),
  matmul_512: (peer, options) => product(peer, options, 512),
  matmul_1024: (peer, options) => product(peer, options, 1024),
  elementwise_4m: elementwise,
};

/** Measures one case; milliseconds for one run of it. `options`: the data set's address, and a budget in ms. */
export async function measure(peer, name, options) {
  const { times, loss } = await CASES[name](peer, options);
  return { case: name, median_ms: median(times), min_ms: Math.min(...times), n: times.length, loss };
}
