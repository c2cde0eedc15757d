// jax-js: one compiled function for a whole step. It counts references itself: an argument is used up, `.ref` keeps it.
import { blockUntilReady, defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';

const array = (values, ...shape) => np.array(values).reshape(shape);

/** The mean of -log softmax at the right class. `hot` has a one there. */
function loss(params, x, hot) {
  const rows = x.shape[0];
  const logits = params.reduce((h, [weight, bias], i) => {
    const z = np.matmul(h, weight).add(bias);
    return i + 1 < params.length ? nn.relu(z) : z;
  }, x);
  return nn.logSoftmax(logits).mul(hot).sum().mul(-1 / rows);
}

function train(layers, lr, batches) {
  let params = layers.map(({ inputs, outputs, weight, bias }) => [array(weight, inputs, outputs), np.array(bias)]);
  const data = batches.map(({ x, hot, rows }) => ({ x: array(x, rows, 784), hot: array(hot, rows, 10) }));
  const update = jit((params, x, hot) => {
    const [value, grads] = valueAndGrad(loss)(tree.ref(params), x, hot);
    return [value, params.map((pair, i) => pair.map((p, j) => p.sub(grads[i][j].mul(lr))))];
  });
  let last;
  return {
    async step(i) {
      const { x, hot } = data[i % data.length];
      last?.dispose();
      [last, params] = update(params, x.ref, hot.ref);
      // Waiting now and then is faster than after every step, and than never.
      if (i % 10 === 9) await blockUntilReady(params);
    },
    loss: async () => (await last.ref.data())[0],
    free: () => tree.dispose([params, data, last]),
  };
}

/** Applies a function to its own result, again and again. */
function repeat(apply, start) {
  let value = start;
  return {
    run() {
      value = apply(value);
    },
    sync: () => blockUntilReady(value),
    read: () => value.ref.data(),
    free: () => value.dispose(),
  };
}

export async function open(backend) {
  const device = backend === 'cpu' ? 'wasm' : backend;
  const found = await init(device);
  if (!found.includes(device)) throw new Error(`jax-js has no ${device} here, but ${found}`);
  defaultDevice(device);
  return {
    train,
    product(n, a, b) {
      const [right, apply] = [array(b, n, n), jit((c, b) => np.matmul(c, b))];
      return repeat((c) => apply(c, right.ref), array(a, n, n));
    },
    chain(y, a, b) {
      const [factor, summand] = [np.array(a), np.array(b)];
      const apply = jit((y, a, b) => nn.relu(y.mul(a).add(b)));
      return repeat((y) => apply(y, factor.ref, summand.ref), np.array(y));
    },
    predict(weight, bias) {
      const [w, b] = [array(weight, 784, 10), np.array(bias)];
      const apply = jit((x, w, b) => nn.softmax(np.matmul(x, w).add(b)));
      return (x) => apply(array(x, 1, 784), w.ref, b.ref).data();
    },
  };
}
