// The libraries that the engine is compared with: how each is bundled for the browser, and measured there.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const WASM = path.join(here, 'node_modules/@tensorflow/tfjs-backend-wasm/dist');

/** Each with the kind of backend that it is compared within, and the package that its bundle brings besides. */
export const PEERS = [
  { name: 'jax-js', file: 'jax.js', backend: 'cpu' },
  { name: 'tfjs', file: 'tfjs.js', backend: 'cpu', module: '@tensorflow/tfjs-backend-wasm' },
  { name: 'jax-js', file: 'jax.js', backend: 'webgpu' },
  { name: 'tfjs', file: 'tfjs.js', backend: 'webgpu', module: '@tensorflow/tfjs-backend-webgpu' },
  { name: 'tfjs', file: 'tfjs.js', backend: 'webgl', module: '@tensorflow/tfjs-backend-webgl' },
];

/** How long a peer may take for one case, in all. */
const PATIENCE_MS = 240_000;

const address = ({ name, backend }) => `peers/${name}-${backend}.js`;

/** All that pages load, by path: bundles, the cases, and TensorFlow.js's Wasm. */
export async function files(peers) {
  const { build } = await import('./node_modules/esbuild/lib/main.js');
  const files = new Map([['peers/cases.js', readFileSync(path.join(here, 'cases.js'))]]);
  for (const peer of peers) {
    const { file, module } = peer;
    const head = module ? `import * as module from '${module}';` : 'const module = undefined;';
    const contents = `${head}\nimport { open as opened } from './${file}';\nexport const open = (backend) => opened(backend, module);`;
    const options = { bundle: true, minify: true, format: 'esm', target: 'es2022', write: false, logLevel: 'error' };
    const { outputFiles } = await build({ stdin: { contents, resolveDir: here }, ...options });
    files.set(address(peer), Buffer.from(outputFiles[0].contents));
  }
  for (const name of readdirSync(WASM).filter((name) => name.endsWith('.wasm')))
    files.set(`peers/${name}`, readFileSync(path.join(WASM, name)));
  return files;
}

/** Measures one case of one peer, in a page of its own. */
export async function measure(browser, site, peer, name, budget) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(site.blank);
    const job = { at: `${site.url}${address(peer)}`, cases: `${site.url}peers/cases.js`, backend: peer.backend, name };
    const measured = page.evaluate(
      async ({ at, cases, backend, name, options }) => {
        const [{ open }, { measure }] = [await import(at), await import(cases)];
        return measure(await open(backend), name, options);
      },
      { ...job, options: { data: `${site.url}data/mnist/`, budget } },
    );
    const late = new Promise((_, reject) => {
      const give = () => reject(new Error(`no result within ${PATIENCE_MS / 1000} seconds`));
      setTimeout(give, PATIENCE_MS).unref();
    });
    return { peer: peer.name, backend: peer.backend, ...(await Promise.race([measured, late])) };
  } finally {
    await context.close();
  }
}
