// What every test starts with: a server of its own, a page that may not complain, and handles to what is on it.
import { test as base, expect } from '@playwright/test';
import { Lab } from './lab.mjs';
import { Playground } from './playground.mjs';
import { serve } from './server.mjs';

export { expect };

export const test = base.extend({
  /** The lane: `webgpu` or `cpu`. */
  lane: ['cpu', { option: true }],

  /** Complaints that a test provokes. */
  expectedErrors: [[], { option: true }],

  /** The server. Faults last until the test ends. */
  site: [
    async ({}, use) => {
      const site = await serve();
      await use(site);
      await site.close();
    },
    { scope: 'worker' },
  ],

  /** Fails the test for anything that the page reports as an error. */
  complaints: async ({ expectedErrors }, use) => {
    const complaints = [];
    await use(complaints);
    const unexpected = complaints.filter((text) => !expectedErrors.some((pattern) => pattern.test(text)));
    expect(unexpected, 'errors on the console').toEqual([]);
  },

  /** A page whose complaints are counted. */
  watched: async ({ page, site, complaints }, use) => {
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await use(page);
    site.faults.clear();
  },

  lab: async ({ watched, site, lane }, use) => use(new Lab(watched, site, lane)),

  playground: async ({ watched, site }, use) => use(new Playground(watched, site)),
});
