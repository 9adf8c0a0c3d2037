// With JavaScript off: every page has its content, and what people do is done by links and forms.
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

test('every page shows its main part without JavaScript', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const wrong = [];
  for (const { url } of await reachable(program.address, { language: 'vi', each: 1 })) {
    await page.goto(url);
    const text = await page.locator('main').innerText();
    if (text.trim().length < 40) wrong.push(`${url} shows only “${text.trim()}”`);
  }
  await context.close();
  assert.deepEqual(wrong, []);
});

test('a search is found without JavaScript', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${program.address}/vi`);
  const field = page.locator('form[role="search"] input[type="search"], input[type="search"]').first();
  await field.fill('ho ngheo');
  await field.press('Enter');
  assert.match(await page.locator('main').innerText(), /hộ nghèo/i);
  await context.close();
});
