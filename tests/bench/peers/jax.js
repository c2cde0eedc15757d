// jax-js: one compiled function for a whole step. It counts references itself: an argument is used up, `.ref` keeps it.
import { blockUntilReady, defaultDevice, init, jit, lax, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';

const array = (values, ...shape) => np.array(values).reshape(shape);

/** Windows of images [N, C, H, W], and of four of them the largest. */
function halved(x, weight, bias) {
  const z = lax.conv(x, weight, [1, 1], 'VALID').add(bias.reshape([-1, 1, 1]));
  const [n, c, h, w] = z.shape;
  return nn.relu(np.max(z.reshape([n, c, h / 2, 2, w / 2, 2]), [3, 5]));
}

/** The mean of -log softmax at the right class. `hot` has a one there. */
function loss(params, x, hot) {
  const rows = x.shape[0];
  const logits = params.reduce((h, [weight, bias], i) => {
    if (weight.ndim === 4) return halved(h, weight, bias);
    const z = np.matmul(h.reshape([rows, -1]), weight).add(bias);
    return i + 1 < params.length ? nn.relu(z) : z;
  }, x);
  return nn.logSoftmax(logits).mul(hot).sum().mul(-1 / rows);
}

function train(layers, lr, batches) {
  const shape = ({ inputs, outputs, window }) => (window ? [outputs, inputs, window, window] : [inputs, outputs]);
  let params = layers.map((layer) => [array(layer.weight, ...shape(layer)), np.array(layer.bias)]);
  const image = layers[0].window ? [1, 28, 28] : [784];
  const data = batches.map(({ x, hot, rows }) => ({ x: array(x, rows, ...image), hot: array(hot, rows, 10) }));
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
