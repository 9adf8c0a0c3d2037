// The keyboard alone: a way past the header first, a visible focus everywhere, no trap.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './support/browser.mjs';
import { start } from './support/program.mjs';

let program, browser;
before(async () => {
  program = await start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

test('the first stop leads past the header to the main part', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${program.address}/vi`);
  await page.keyboard.press('Tab');
  const target = await page.evaluate(() => document.activeElement?.getAttribute('href'));
  assert.match(target ?? '', /^#/);
  assert.ok(await page.evaluate((id) => document.querySelector('main')?.matches(id) || document.querySelector('main')?.querySelector(id) !== null, target));
  await context.close();
});

test('each stop on the way shows where the focus is, and the way ends', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${program.address}/vi`);
  const stops = await page.evaluate(() => document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]').length);
  const hidden = [];
  for (let stop = 0; stop < Math.min(stops, 60); stop++) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return 'end';
      const style = getComputedStyle(element);
      const marked = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
      return marked ? 'yes' : element.outerHTML.slice(0, 120);
    });
    if (seen === 'end') break;
    if (seen !== 'yes') hidden.push(seen);
  }
  await context.close();
  assert.deepEqual(hidden, []);
});
