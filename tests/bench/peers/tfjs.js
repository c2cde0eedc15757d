// TensorFlow.js as its guide has it: variables, `tf.train.sgd`, fused dense layers, `tf.tidy`. The bundle brings the one
// backend that is measured, as `module`.
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';

const dense = (x, weight, bias, activation = 'linear') =>
  tf.fused.matMul({ a: x, b: weight, bias, activation });

/** The backend for Wasm has no gradient of a convolution by its weights: there it is written as another convolution, in which
 * channels and images change places. The images of the first layer need no gradient. */
function convolve(x, weight, first) {
  if (tf.getBackend() !== 'wasm') return tf.conv2d(x, weight, 1, 'valid');
  const by = (x, w, save) => {
    save([x, w]);
    const gradFunc = (dy, [x, w]) => {
      const turned = tf.conv2d(tf.transpose(x, [3, 1, 2, 0]), tf.transpose(dy, [1, 2, 0, 3]), 1, 'valid');
      const images = first ? tf.zerosLike(x) : tf.conv2dTranspose(dy, w, x.shape, 1, 'valid');
      return [images, tf.transpose(turned, [1, 2, 0, 3])];
    };
    return { value: tf.conv2d(x, w, 1, 'valid'), gradFunc };
  };
  return tf.customGrad(by)(x, weight);
}

/** Windows of images [N, H, W, C], and of four of them the largest. */
const halved = (x, weight, bias, first) => tf.relu(tf.maxPool(tf.add(convolve(x, weight, first), bias), 2, 2, 'valid'));

/** Weights as this library has them: channels last, of images as of windows. */
const weights = (layers) =>
  layers.map(({ inputs, outputs, window, weight, bias }, i) => {
    const before = layers[i - 1];
    const own = tf.tidy(() => {
      if (window) return tf.transpose(tf.tensor4d(weight, [outputs, inputs, window, window]), [2, 3, 1, 0]);
      if (!before?.window) return tf.tensor2d(weight, [inputs, outputs]);
      const side = Math.sqrt(inputs / before.outputs);
      const images = tf.transpose(tf.tensor4d(weight, [before.outputs, side, side, outputs]), [1, 2, 0, 3]);
      return tf.reshape(images, [inputs, outputs]);
    });
    return [tf.variable(own), tf.variable(tf.tensor1d(bias))];
  });

/** Reading one number waits for everything before it. */
async function wait(tensor) {
  const corner = tf.tidy(() => tf.slice(tensor, new Array(tensor.rank).fill(0), new Array(tensor.rank).fill(1)));
  await corner.data();
  corner.dispose();
}

function train(layers, lr, batches) {
  const variables = weights(layers);
  const image = layers[0].window ? [28, 28, 1] : [784];
  const data = batches.map(({ x, hot, rows }) => [tf.tensor(x, [rows, ...image]), tf.tensor2d(hot, [rows, 10])]);
  const logits = (x) =>
    variables.reduce((h, [w, b], i) => {
      if (w.rank === 4) return halved(h, w, b, i === 0);
      const flat = h.rank === 2 ? h : tf.reshape(h, [h.shape[0], -1]);
      return dense(flat, w, b, i + 1 < variables.length ? 'relu' : 'linear');
    }, x);
  const optimizer = tf.train.sgd(lr);
  let last;
  return {
    step(i) {
      const [x, hot] = data[i % data.length];
      last?.dispose();
      last = optimizer.minimize(() => tf.losses.softmaxCrossEntropy(hot, logits(x)), true, variables.flat());
    },
    loss: async () => (await last.data())[0],
    free: () => tf.dispose([variables, data, last]),
  };
}

/** Applies a function to its own result, again and again. */
function repeat(apply, start, others) {
  let value = start;
  return {
    run() {
      const next = tf.tidy(() => apply(value));
      value.dispose();
      value = next;
    },
    sync: () => wait(value),
    read: () => value.data(),
    free: () => tf.dispose([value, others]),
  };
}

export async function open(backend, module) {
  const name = backend === 'cpu' ? 'wasm' : backend;
  if (name === 'wasm') module.setWasmPaths('/peers/');
  if (!(await tf.setBackend(name))) throw new Error(`TensorFlow.js has no ${name} here`);
  await tf.ready();
  return {
    train,
    product(n, a, b) {
      const right = tf.tensor2d(b, [n, n]);
      return repeat((c) => tf.matMul(c, right), tf.tensor2d(a, [n, n]), [right]);
    },
    chain(y, a, b) {
      const [factor, summand] = [tf.tensor1d(a), tf.tensor1d(b)];
      return repeat((y) => tf.relu(tf.add(tf.mul(y, factor), summand)), tf.tensor1d(y), [factor, summand]);
    },
    predict(weight, bias) {
      const [w, b] = [tf.tensor2d(weight, [784, 10]), tf.tensor1d(bias)];
      return async (x) => {
        const out = tf.tidy(() => tf.softmax(dense(tf.tensor2d(x, [1, 784]), w, b)));
        const values = await out.data();
        out.dispose();
        return values;
      };
    },
  };
}
