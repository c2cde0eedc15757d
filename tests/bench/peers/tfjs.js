// TensorFlow.js as its guide has it: variables, `tf.train.sgd`, fused dense layers, `tf.tidy`. The bundle brings the one
// backend that is measured, as `module`.
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';

const dense = (x, weight, bias, activation = 'linear') =>
  tf.fused.matMul({ a: x, b: weight, bias, activation });

/** Reading one number waits for everything before it. */
async function wait(tensor) {
  const corner = tf.tidy(() => tf.slice(tensor, new Array(tensor.rank).fill(0), new Array(tensor.rank).fill(1)));
  await corner.data();
  corner.dispose();
}

function train(layers, lr, batches) {
  const variables = layers.map(({ inputs, outputs, weight, bias }) => [
    tf.variable(tf.tensor2d(weight, [inputs, outputs])),
    tf.variable(tf.tensor1d(bias)),
  ]);
  const data = batches.map(({ x, hot, rows }) => [tf.tensor2d(x, [rows, 784]), tf.tensor2d(hot, [rows, 10])]);
  const logits = (x) =>
    variables.reduce((h, [w, b], i) => dense(h, w, b, i + 1 < variables.length ? 'relu' : 'linear'), x);
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
