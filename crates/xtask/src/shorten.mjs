// Gives the functions that the page's program imports short names, in the program and in its script. wasm-bindgen
// ends every name with a hash, and no compression makes hundreds of hashes smaller.
// node shorten.mjs DIST
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const IMPORT_SECTION = 2;
const HEADER = 8;
const FUNCTION = 0;

/** Reads a number in LEB128, as Wasm has them: gives it and the place behind it. */
function number(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, at];
  }
}

/** Writes one. */
function written(value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return Buffer.from([...bytes, value]);
}

function text(bytes, at) {
  const [length, start] = number(bytes, at);
  return [bytes.toString('utf8', start, start + length), start + length];
}

const named = (name) => Buffer.concat([written(Buffer.byteLength(name)), Buffer.from(name)]);

/** Where the contents of a section begin and end; where its id stands. */
function section(wasm, wanted) {
  for (let at = HEADER; at < wasm.length; ) {
    const [size, start] = number(wasm, at + 1);
    if (wasm[at] === wanted) return { id: at, start, end: start + size };
    at = start + size;
  }
  throw new Error('the program imports nothing');
}

/** The program with other names for what it imports. */
function renamed(wasm, rename) {
  const { id, start, end } = section(wasm, IMPORT_SECTION);
  const [count, first] = number(wasm, start);
  const parts = [written(count)];
  for (let at = first; at < end; ) {
    const [module, afterModule] = text(wasm, at);
    const [name, kind] = text(wasm, afterModule);
    if (wasm[kind] !== FUNCTION) throw new Error(`${name}: only functions are expected among the imports`);
    const [type, next] = number(wasm, kind + 1);
    parts.push(named(module), named(rename(name)), Buffer.from([FUNCTION]), written(type));
    at = next;
  }
  const body = Buffer.concat(parts);
  return Buffer.concat([wasm.subarray(0, id + 1), written(body.length), body, wasm.subarray(end)]);
}

const [program, script] = ['site_bg.wasm', 'site.js'].map((name) => path.join(process.argv[2], name));
const wasm = readFileSync(program);
const module = new WebAssembly.Module(wasm);
const exported = new Set(WebAssembly.Module.exports(module).map(({ name }) => name));
const imported = new Set(WebAssembly.Module.imports(module).map(({ name }) => name));
const long = [...imported].filter((name) => name.startsWith('__wb') && !exported.has(name));
const short = new Map(long.map((name, i) => [name, `_${i.toString(36)}`]));
const rename = (name) => short.get(name) ?? name;
writeFileSync(program, renamed(wasm, rename));
writeFileSync(script, readFileSync(script, 'utf8').replace(/\w+/g, rename));
