// The system's Chromium, and how it is started: with WebGPU, computed by SwiftShader, or without.
import { existsSync } from 'node:fs';
import path from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const QUIET = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const WEBGPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

function find() {
  const onPath = (process.env.PATH ?? '')
    .split(path.delimiter)
    .flatMap((dir) => NAMES.map((name) => path.join(dir, name)));
  const found = [process.env.CHROMIUM, ...onPath, ...PLACES].find((file) => file && existsSync(file));
  if (!found) throw new Error('There is no Chromium: run `cargo xtask setup`, or name one in CHROMIUM.');
  return found;
}

/** Playwright's launch options for a lane: `webgpu` or `cpu`. */
export function launchOptions(lane) {
  return { executablePath: find(), args: lane === 'webgpu' ? [...QUIET, ...WEBGPU] : QUIET };
}
