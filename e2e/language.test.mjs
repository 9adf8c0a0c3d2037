// The way to the other language keeps the page, and both homes can be reached from the bare address.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from './support/browser.mjs';
import { reachable } from './support/pages.mjs';
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

test('the link to the other language leads to the same page and back', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const wrong = [];
  for (const { url } of await reachable(program.address, { language: 'vi', each: 1 })) {
    await page.goto(url);
    const there = page.locator('a[hreflang="en"]').first();
    if ((await there.count()) === 0) {
      wrong.push(`${url} has no link to English`);
      continue;
    }
    await there.click();
    if (page.url() !== url.replace('/vi', '/en')) wrong.push(`${url} leads to ${page.url()}`);
    await page.waitForLoadState();
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    await page.locator('a[hreflang="vi"]').first().click();
    if (page.url() !== url) wrong.push(`${url} comes back as ${page.url()}`);
  }
  await context.close();
  assert.deepEqual(wrong, []);
});

test('the bare address leads to a home in the language that the browser asks for', async () => {
  for (const [asked, language] of [['vi-VN', 'vi'], ['en-GB', 'en']]) {
    const context = await browser.newContext({ locale: asked });
    const page = await context.newPage();
    await page.goto(program.address);
    assert.equal(new URL(page.url()).pathname.slice(0, 3), `/${language}`);
    await context.close();
  }
});
