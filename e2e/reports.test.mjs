// A commune's report in the browser: by keyboard alone, pasted from a spreadsheet, saved as one goes, without a script
// too; no accessibility rule broken, no sideways scroll on a small phone; verified and accepted by others.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { launch, overflow, violations } from './support/browser.mjs';
import { start } from './support/program.mjs';

const program = process.env.RORANG ?? path.join(import.meta.dirname, '../target/debug/rorang');
const password = 'ruong-bac-thang-2026';
const office = 'VN-11-03158';
const lines = {
  'governance.dossiers': '1.412', 'governance.dossiers_on_time': '1400', 'governance.dossiers_online': '900',
  'labour.jobs_created': '31', 'labour.abroad': '2', 'tourism.visitors': '850', 'forest.area_planted': '12,75',
  'housing.solidarity_homes': '4', 'traffic.accidents': '0',
};
let running, browser, period;
before(async () => {
  running = await start();
  const table = path.join(path.dirname(running.database), 'users.csv');
  writeFileSync(table, `name,password,post,since
An,${password},${office}.reporter,2026-01-01
Chi,${password},VN-11/finance.verifier,2026-01-01
Dung,${password},VN-11.leader,2026-01-01
`);
  execFileSync(program, ['user', 'import', table, '--database', running.database]);
  browser = await launch();
  // The period whose form is open today: that of the statutory window, from the 15th to the 14th.
  const today = new Date(Date.now() + 7 * 3600e3);
  const month = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + (today.getUTCDate() < 15 ? 0 : 1), 1));
  period = month.toISOString().slice(0, 7);
});
after(async () => {
  await browser?.close();
  await running?.stop();
});

async function signedIn(name, language, options = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
  const page = await context.newPage();
  await page.goto(`${running.address}/${language}/sign-in?next=/${language}/reports`);
  await page.fill('input[name=name]', name);
  await page.fill('input[name=password]', password);
  await page.click('main button[type=submit]');
  await page.waitForURL(/\/reports/);
  return page;
}

const address = (language) => `${running.address}/${language}/reports/xa-thang/${period}/${office}`;

test('a form without a script: saved, what is wrong told beside its line', async () => {
  const page = await signedIn('An', 'vi', { javaScriptEnabled: false });
  await page.goto(address('vi'));
  await page.fill('[name="v.traffic.accidents"]', 'không');
  await page.click('#send button.plain');
  assert.match(await page.textContent('[data-line="traffic.accidents"] .told'), /không phải là số/);
  await page.fill('[name="v.traffic.accidents"]', '');
  await page.click('#send button.plain');
  await page.context().close();
});

test('a form by keyboard: pasted, moved through by Enter, judged at once, saved as one goes, sent', async () => {
  const page = await signedIn('An', 'vi');
  await page.goto(address('vi'));
  assert.equal(await overflow(page), 0);
  assert.deepEqual(await violations(page), []);
  const first = page.locator('[name="v.governance.dossiers"]');
  await first.focus();
  await first.evaluate((input, text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, Object.values(lines).join('\n'));
  await page.waitForFunction(() => document.getElementById('save-state').textContent.includes('Đã lưu'));
  for (const [code, text] of Object.entries(lines)) {
    assert.equal(await page.inputValue(`[name="v.${code}"]`), text);
  }
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.name), 'v.governance.dossiers_on_time');
  await page.keyboard.type('9999');
  assert.match(await page.textContent('[data-line="governance.dossiers_on_time"] .told'), /1\.412/);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('1.234,5678');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('1400');
  await page.locator('[name="v.forest.area_planted"]').fill('1.234');
  await page.locator('[data-line="forest.area_planted"] .told button').first().click();
  assert.equal(await page.inputValue('[name="v.forest.area_planted"]'), '1234');
  await page.locator('[name="v.forest.area_planted"]').fill('12,75');
  await page.waitForFunction(() => document.getElementById('save-state').textContent.includes('Đã lưu'));
  assert.deepEqual(await violations(page), []);
  await page.locator('#send button:not(.plain)').focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/sent=1/);
  assert.deepEqual(await violations(page), []);
  await page.context().close();
});

test('verified by one, accepted by another, and public', async () => {
  for (const [name, press] of [['Chi', 'verify'], ['Dung', 'accept']]) {
    const page = await signedIn(name, 'en', { viewport: { width: 1280, height: 900 } });
    await page.goto(`${running.address}/en/reports/queue`);
    assert.deepEqual(await violations(page), []);
    await page.goto(address('en'));
    for (const box of await page.locator('input[name^="looked."]').all()) await box.check();
    await page.fill('#field-reason', 'compared with the register of the desk');
    assert.deepEqual(await violations(page), []);
    await page.click(`button[value=${press}]`);
    await page.waitForURL(/(verified|accepted)=1/);
    await page.context().close();
  }
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  for (const language of ['vi', 'en']) {
    for (const where of [`${address(language)}/value/labour.jobs_created`, `${running.address}/${language}/reports`, `${running.address}/${language}/reports/regimes/xa-thang`]) {
      await page.goto(where);
      assert.equal(await overflow(page), 0, where);
      assert.deepEqual(await violations(page), [], where);
    }
  }
  await page.goto(`${address('en')}/value/labour.jobs_created`);
  assert.match(await page.textContent('.big-value'), /31/);
  await context.close();
});
