// Serves the built page as a plain file server would, and can be told to deliver a file of the data set badly.
import { existsSync, readFileSync, statSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';

/** Where `cargo xtask build` leaves the page. */
export const DIST = fileURLToPath(new URL('../../dist', import.meta.url));

// A dataset is served as a file of gzip's type, not as an encoding: the page itself unpacks it.
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.gz': 'application/gzip',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
};

const page = (html) => ({ status: 200, type: TYPES['.html'], body: Buffer.from(html) });

const ISOLATION = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

/** What can go wrong with a file: each takes the answer as it should be, and spoils it. */
const FAULTS = {
  missing: () => ({ status: 404, type: 'text/plain', body: Buffer.from('not found') }),
  html: () => page('<!doctype html><title>Welcome</title>'),
  truncated: (answer) => ({ ...answer, body: answer.body.subarray(0, answer.body.length >> 1) }),
  altered: (answer) => {
    const bytes = gunzipSync(answer.body);
    bytes[bytes.length - 1] ^= 1;
    return { ...answer, body: gzipSync(bytes) };
  },
  /** It comes once the fault is no more. */
  held: (answer) => answer,
};

/**
 * Starts a server on a port of its own.
 * `faults` maps a file's name to the name of a fault, and can be changed at any time; `blank` is the address of an
 * empty page. Only an isolated page has a clock that is finer than a tenth of a millisecond, and threads that share memory.
 * `extra` maps paths to the contents of files that are served besides.
 */
export async function serve({ isolated = false, extra = new Map() } = {}) {
  if (!existsSync(path.join(DIST, 'index.html')))
    throw new Error('There is no page in dist/: run `cargo xtask build`.');
  const faults = new Map();
  const answer = (url) => {
    const { pathname } = new URL(url, 'http://localhost');
    if (pathname === '/blank') return page('<!doctype html><link rel="icon" href="data:,">');
    const name = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
    const added = extra.get(name.slice(1));
    if (added) return { status: 200, type: TYPES[path.extname(name)] ?? 'application/octet-stream', body: added };
    const file = path.join(DIST, path.normalize(decodeURIComponent(name)));
    if (!file.startsWith(DIST + path.sep) || !statSync(file, { throwIfNoEntry: false })?.isFile())
      return FAULTS.missing();
    const good = {
      status: 200,
      type: TYPES[path.extname(file)] ?? 'application/octet-stream',
      body: readFileSync(file),
    };
    const fault = faults.get(path.basename(file));
    return fault ? FAULTS[fault](good) : good;
  };
  const isHeld = (url) => faults.get(path.basename(new URL(url, 'http://localhost').pathname)) === 'held';
  const server = http.createServer(async (request, response) => {
    while (isHeld(request.url)) await new Promise((resolve) => setTimeout(resolve, 50));
    const { status, type, body } = answer(request.url);
    response.writeHead(status, {
      ...(isolated ? ISOLATION : {}),
      'content-type': type,
      'content-length': body.length,
      'cache-control': 'no-store',
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `${origin}/`, blank: `${origin}/blank`, faults, close };
}
