// The real test set, as Node reads it, and a pen that draws its digits.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DIST } from './server.mjs';

const SIDE = 28;
const INK = 100;

/** The first `count` test images: `{ label, pixels }`, 28×28 row by row, 0 to 255. */
export function testDigits(count) {
  const read = (name) => gunzipSync(readFileSync(path.join(DIST, 'data/mnist', name)));
  const images = read('t10k-images-idx3-ubyte.gz').subarray(16);
  const labels = read('t10k-labels-idx1-ubyte.gz').subarray(8);
  const size = SIDE * SIDE;
  return Array.from({ length: count }, (_, i) => ({
    label: labels[i],
    pixels: images.subarray(i * size, (i + 1) * size),
  }));
}

/** The digit as a pen would write it: strokes of points, 0 to 1 from the left and from the top. */
export function strokes(pixels) {
  const ink = thin(Array.from(pixels, (value) => value > INK));
  const toPoint = (i) => ({ x: ((i % SIDE) + 0.5) / SIDE, y: (Math.floor(i / SIDE) + 0.5) / SIDE });
  // Every second pixel, and the last: a hand that moves fast.
  const sparse = (stroke) => stroke.filter((_, i) => i % 2 === 0 || i === stroke.length - 1);
  return trace(ink).map((stroke) => sparse(stroke).map(toPoint));
}

/** The eight pixels around `i`, clockwise from the top. */
const around = (i) => [-SIDE, -SIDE + 1, 1, SIDE + 1, SIDE, SIDE - 1, -1, -SIDE - 1].map((step) => i + step);

/** Thins ink to lines of one pixel: the algorithm of Zhang and Suen (1984), in two alternating passes. */
function thin(ink) {
  const mayGo = (i, pass) => {
    const p = around(i).map((j) => (ink[j] ? 1 : 0));
    const neighbours = p.reduce((a, b) => a + b);
    const runs = p.filter((value, k) => !value && p[(k + 1) % 8]).length;
    const [north, east, south, west] = [p[0], p[2], p[4], p[6]];
    const sides =
      pass === 0 ? [north * east * south, east * south * west] : [north * east * west, north * south * west];
    return neighbours >= 2 && neighbours <= 6 && runs === 1 && sides.every((side) => side === 0);
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const pass of [0, 1]) {
      const gone = ink.flatMap((value, i) => (value && mayGo(i, pass) ? [i] : []));
      for (const i of gone) ink[i] = false;
      changed ||= gone.length > 0;
    }
  }
  return ink;
}

/** Walks along the lines, from their ends first: the pixels of each stroke, in order. */
function trace(ink) {
  const left = new Set(ink.flatMap((value, i) => (value ? [i] : [])));
  const next = (i) => around(i).filter((j) => left.has(j));
  const lines = [];
  while (left.size > 0) {
    const start = [...left].find((i) => next(i).length === 1) ?? [...left][0];
    const line = [start];
    left.delete(start);
    for (let i = start; next(i).length > 0; i = line.at(-1)) {
      // Sides before corners: a corner pixel is often the neighbour's neighbour.
      const isSide = (j) => [1, SIDE].includes(Math.abs(j - i));
      const found = next(i).find(isSide) ?? next(i)[0];
      line.push(found);
      left.delete(found);
    }
    // Joins it to a line that it branches off.
    const joint = around(start).find((j) => ink[j] && !line.includes(j));
    lines.push(joint === undefined ? line : [joint, ...line]);
  }
  return lines;
}
