// Every kind of page, in both languages, light and dark, on a phone and on a desk: nothing that axe objects to, nothing in the
// console, nothing wider than the window, nothing fetched from elsewhere.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { contrasts, launch, overflow, violations, watch } from './support/browser.mjs';
import { kind, reachable } from './support/pages.mjs';
import { start } from './support/program.mjs';

const WINDOWS = [
  { name: 'phone', width: 360, height: 740 },
  { name: 'desk', width: 1280, height: 900 },
];

let program, browser;
const pages = {};
before(async () => {
  program = await start();
  browser = await launch();
  for (const language of ['vi', 'en']) pages[language] = await reachable(program.address, { language, each: 1 });
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

for (const language of ['vi', 'en']) {
  describe(`pages in ${language}`, () => {
    test('the kinds of pages that people need are all reachable by links', () => {
      const kinds = [...new Set(pages[language].map((page) => page.kind))];
      assert.ok(kinds.length >= 8, `only ${kinds.join(' ')}`);
    });

    test('every reachable page answers and names its language', () => {
      const wrong = pages[language]
        .filter((page) => page.status !== 200 || !new RegExp(`<html[^>]*\\blang="${language}"`).test(page.body))
        .map((page) => `${page.status} ${page.url}`);
      assert.deepEqual(wrong, []);
    });

    test('every page has its own title and one first heading', () => {
      const wrong = pages[language]
        .filter((page) => !/<title>[^<]{4,}<\/title>/.test(page.body) || (page.body.match(/<h1[\s>]/g) ?? []).length !== 1)
        .map((page) => page.url);
      assert.deepEqual(wrong, []);
    });

    for (const window of WINDOWS) {
      test(`on a ${window.name}, light and dark: no barrier, no error, no sideways scroll`, async () => {
        const context = await browser.newContext({
          viewport: { width: window.width, height: window.height },
          reducedMotion: 'reduce',
        });
        const wrong = [];
        for (const { url } of pages[language]) {
          const page = await context.newPage();
          const troubles = watch(page, program.address);
          await page.goto(url, { waitUntil: 'load' });
          wrong.push(...(await violations(page)).map((rule) => `${url} ${rule}`));
          const wider = await overflow(page);
          if (wider > 0) wrong.push(`${url} is ${wider} px wider than the window`);
          // Only the colours are others in the dark.
          await page.emulateMedia({ colorScheme: 'dark' });
          wrong.push(...(await contrasts(page)).map((rule) => `${url} in the dark: ${rule}`));
          wrong.push(...troubles.map((trouble) => `${url} ${trouble}`));
          await page.close();
        }
        await context.close();
        assert.equal(wrong.join('\n'), '');
      });
    }
  });
}

test('at 320 px no page scrolls sideways', async () => {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
  const wrong = [];
  const page = await context.newPage();
  for (const { url } of [...pages.vi, ...pages.en]) {
    await page.goto(url, { waitUntil: 'load' });
    const wider = await overflow(page);
    if (wider > 0) wrong.push(`${url} is ${wider} px wider than the window`);
  }
  await context.close();
  assert.deepEqual(wrong, []);
});

test('both languages have the same kinds of pages', () => {
  const kinds = (language) => [...new Set(pages[language].map((page) => kind(page.url)))].sort();
  assert.deepEqual(kinds('vi'), kinds('en'));
});
