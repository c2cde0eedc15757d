// The first load: every file of the built page except the data set, the editor, the part of the program that follows, and the
// lessons and programs that are opened later; as it is and compressed. node size.mjs DIST prints a table, and fails above the limits.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** The most that the first load may weigh, in bytes of brotli. */
export const LIMIT = 530 * 1000;

/** The part of the program that follows the first load (see crates/split), and the most that it may weigh. */
export const REST = /^site_rest-.*\.wasm$/;
export const REST_LIMIT = 1130 * 1000;

/** The editor's bundle, which comes after the first load, and the most that it may weigh. */
export const EDITOR = 'editor.js';
export const EDITOR_LIMIT = 150 * 1000;

const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } };

/** The folders of what is loaded later. */
const LATER = ['data', 'lessons', 'programs', 'weights'];

/** The bytes of a file: raw, gzip, brotli. */
export function weigh(bytes) {
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, BROTLI).length,
  };
}

/** The files below `dist` that are loaded first, the heaviest first. */
export function firstLoad(dist) {
  const entries = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = entries.map((entry) => path.relative(dist, path.join(entry.parentPath ?? entry.path, entry.name)));
  const isLater = (name) => LATER.includes(name.split(path.sep)[0]) || name === EDITOR || REST.test(name);
  const files = names.filter((name) => !isLater(name));
  return files.map((name) => weighed(dist, name)).sort((a, b) => b.brotli - a.brotli);
}

const weighed = (dist, name) => ({ name, ...weigh(readFileSync(path.join(dist, name))) });

/** The sum of some rows. */
export function total(rows) {
  const sum = (key) => rows.reduce((n, row) => n + row[key], 0);
  return { name: 'first load', raw: sum('raw'), gzip: sum('gzip'), brotli: sum('brotli') };
}

function print(rows) {
  const kilo = (bytes) => (bytes / 1000).toFixed(1).padStart(9);
  const width = Math.max(...rows.map((row) => row.name.length));
  console.log(`${'KB'.padEnd(width)}      raw     gzip   brotli`);
  for (const row of rows) console.log(`${row.name.padEnd(width)}${kilo(row.raw)}${kilo(row.gzip)}${kilo(row.brotli)}`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const rows = firstLoad(process.argv[2]);
  if (!rows.some((row) => row.name.endsWith('.wasm')))
    throw new Error('there is no page in dist: run `cargo xtask build`');
  const dist = process.argv[2];
  const later = [[EDITOR, EDITOR_LIMIT], ...readdirSync(dist).filter((name) => REST.test(name)).map((name) => [name, REST_LIMIT])];
  const checked = [[total(rows), LIMIT], ...later.map(([name, limit]) => [weighed(dist, name), limit])];
  print([...rows, ...checked.map(([row]) => row)]);
  for (const [{ name, brotli }, limit] of checked) {
    if (brotli <= limit) continue;
    console.error(`${name} is ${brotli} bytes of brotli, more than ${limit}.`);
    process.exitCode = 1;
  }
}
