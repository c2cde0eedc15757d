// The two lanes: the same page in a browser with WebGPU and in one without.
import { defineConfig } from '@playwright/test';
import { launchOptions } from './chromium.mjs';

const lane = (name) => ({ name, use: { lane: name, launchOptions: launchOptions(name) } });

export default defineConfig({
  testDir: 'specs',
  testMatch: '*.spec.mjs',
  outputDir: 'results/failures',
  // One page at a time: the tests measure times, and SwiftShader takes every core there is.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: { viewport: { width: 1440, height: 900 }, screenshot: 'only-on-failure' },
  projects: [lane('webgpu'), lane('cpu')],
});
