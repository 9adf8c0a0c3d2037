// Chromium by playwright, axe by its source; both from the packages that the runner installed outside the repository.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const packages = process.env.E2E_PACKAGES ?? path.join(import.meta.dirname, '..');
const require = createRequire(path.join(packages, 'package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** The rules that a page breaks, told so that the place can be found. WCAG 2.2 A and AA, and axe's best practices. */
export async function violations(page) {
  // Playwright evaluates outside the page's own policy, so a strict CSP stays in force.
  await page.evaluate(axe);
  return broken(page, { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
}

/** The texts of a page that `violations` has looked at already which stand out too little, for colours that have changed since. */
export function contrasts(page) {
  return broken(page, { type: 'rule', values: ['color-contrast'] });
}

async function broken(page, runOnly) {
  const result = await page.evaluate((runOnly) => globalThis.axe.run(document, { runOnly, resultTypes: ['violations'] }), runOnly);
  return result.violations.map((rule) =>
    `${rule.impact} ${rule.id}: ${rule.help} [${rule.nodes.slice(0, 3).map((node) => node.target.join(' ')).join(' | ')}]`);
}

/** Gathers what a page must not do: errors in its console, failed loads, requests to other places. */
export function watch(page, address) {
  const troubles = [];
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => troubles.push(`script: ${error.message}`));
  page.on('requestfailed', (request) => {
    // A page that is left takes what it was still fetching with it.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') troubles.push(`failed: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()}: ${response.url()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith('data:')) troubles.push(`outside: ${request.url()}`);
  });
  return troubles;
}

/** By how many pixels a page is wider than its window. */
export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
