// Reports without the net, as people of a commune fill them in on a phone: typed offline, kept, sent once, refused with the
// reason, two people on one line, a session that ended, a clock that is wrong. The real page, the real queue, the real server.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, beforeEach, describe, test } from 'node:test';
import { launch, overflow, violations } from './support/browser.mjs';
import * as lossy from './support/lossy.mjs';
import { demoUsers, run, start } from './support/program.mjs';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

let program, browser, people, line;
before(async () => {
  program = await start();
  people = await demoUsers(program, 2);
  line = await lossy.start(program.address, { seed: 0, troubles: () => false });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await line?.stop();
  await program?.stop();
});

beforeEach(() => {
  // What a failed test left behind must not fail the next one.
  line.down = false;
  line.closed = () => false;
});

/** The nth reporters of a commune: two colleagues. */
function colleagues(nth) {
  const reporters = people.filter((person) => person.role === 'reporter' && person.office.startsWith('VN-11-'));
  const offices = [...new Set(reporters.map((person) => person.office))];
  return reporters.filter((person) => person.office === offices[nth]);
}

/** Takes the net away, or gives it back: from the page, which is told, and from its worker, which only meets silence. */
async function offline(context, without, link = line) {
  link.down = without;
  await context.setOffline(without);
}

async function phone(options = {}) {
  const context = await browser.newContext({ ...PHONE, ...options });
  context.setDefaultTimeout(15_000);
  return context;
}

async function signIn(page, person, { language = 'vi', address = line.address } = {}) {
  await page.goto(`${address}/${language}/sign-in?next=/${language}/offline`);
  await page.fill('input[name="name"]', person.name);
  await page.fill('input[name="password"]', person.password);
  await page.locator('main button[type="submit"]').click();
  await page.waitForURL(new RegExp(`/${language}/offline`));
  await page.locator('.open-forms a').first().waitFor();
  // Ready for having no net: the worker has the shell.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.waitForFunction(async () => (await caches.keys()).length > 0);
}

const openFirst = async (page) => {
  await page.locator('.open-forms a').first().click();
  await page.locator('.typed-line input').first().waitFor();
};

/** The device's own memory, read by the page's own module. */
const kept = (page, store) => page.evaluate(async (store) => {
  const db = await new Promise((resolve, reject) => {
    const asking = indexedDB.open('rorang');
    asking.onsuccess = () => resolve(asking.result);
    asking.onerror = () => reject(asking.error);
  });
  const rows = await new Promise((resolve) => {
    const asking = db.transaction(store).objectStore(store).getAll();
    asking.onsuccess = () => resolve(asking.result);
  });
  db.close();
  return rows;
}, store);

const unsent = async (page) => (await kept(page, 'operations')).filter((one) => one.state !== 'sent');

/** Types into the first line, and waits until the device has it. */
async function type(page, text) {
  const input = page.locator('.typed-line input').first();
  await input.fill(text);
  await input.blur();
  const until = Date.now() + 10_000;
  while (!(await kept(page, 'operations')).some((one) => one.text === text)) {
    assert.ok(Date.now() < until, `${text} was not kept`);
    await page.waitForTimeout(50);
  }
}

/** Waits until nothing waits on the device; presses «send now» as an impatient person does. */
async function sent(page, patience = 60_000) {
  const until = Date.now() + patience;
  while ((await unsent(page)).some((one) => one.state === 'waiting')) {
    assert.ok(Date.now() < until, `still ${(await unsent(page)).length} to be sent`);
    await page.locator('#box .actions button:not(.plain)').click();
    await page.waitForTimeout(80);
  }
}

/** The saves of the record, exported and read as anybody can: [line, text] of each entry. */
async function saves() {
  const file = `${program.database}.${Date.now()}.txt`;
  await run(['ledger', 'export', file, '--database', program.database]);
  await run(['ledger', 'verify', file]);
  const entries = (await readFile(file, 'utf8')).split('\n').slice(1).map((line) => line.replace(/^\d+ [0-9a-f]+ /, ''));
  return entries.filter((entry) => entry.includes('report-saved'));
}

for (const language of ['vi', 'en']) {
  test(`typed without the net, kept over a closed page, sent when the net is back (${language})`, async () => {
    const context = await phone();
    const page = await context.newPage();
    const [person] = colleagues(language === 'vi' ? 0 : 1);
    await signIn(page, person, { language });
    await offline(context, true);
    // From nothing, without net: the phone was switched off meanwhile.
    await page.goto(`${line.address}/${language}/indicators`);
    await page.waitForURL(new RegExp(`/${language}/offline`));
    await openFirst(page);
    assert.equal(await overflow(page), 0);
    const input = page.locator('.typed-line input').first();
    await input.fill('-5');
    await input.blur();
    assert.ok((await page.locator('.typed-line').first().locator('.wrong').count()) > 0, 'a hard rule is not told');
    await input.fill('41');
    await input.blur();
    await page.waitForFunction(() => indexedDB.databases !== undefined);
    await assert.doesNotReject(page.waitForFunction(() => document.querySelector('.typed-line [data-state]').textContent.length > 0));
    const id = await input.getAttribute('id');
    await page.close();

    const again = await context.newPage();
    await again.goto(`${line.address}/${language}/offline`);
    await openFirst(again);
    assert.equal(await again.inputValue(`#${id}`), '41', 'what was typed is gone');
    assert.ok((await unsent(again)).length > 0);
    await offline(context, false);
    await sent(again);
    const form = await again.evaluate(async () => (await fetch('/sync/forms')).json());
    assert.ok(form.forms.some((one) => Object.values(one.values).includes('41')), JSON.stringify(form.forms[0].values));
    await context.close();
  });
}

test('500 things typed without the net arrive once each over a bad link', async () => {
  const link = await lossy.start(program.address, { seed: 20261122, troubles: (path) => path.startsWith('/sync/operations') });
  const context = await phone();
  try {
    const page = await context.newPage();
    const [person] = colleagues(2);
    await signIn(page, person, { address: link.address });
    await offline(context, true, link);
    const count = 500;
    await page.evaluate(async (count) => {
      const db = await new Promise((resolve) => { const asking = indexedDB.open('rorang'); asking.onsuccess = () => resolve(asking.result); });
      const forms = await new Promise((resolve) => { const asking = db.transaction('forms').objectStore('forms').getAll(); asking.onsuccess = () => resolve(asking.result); });
      db.close();
      const open = forms.filter((kept) => !kept.form.lock);
      // Few lines: each is typed into many times, in its order.
      const lines = open.flatMap((kept) => kept.form.items.map((item) => [kept, item])).slice(0, 8);
      // The page's own module, by the address under which the worker keeps it.
      const cache = await caches.open((await caches.keys())[0]);
      const address = (await cache.keys()).map((request) => new URL(request.url).pathname).find((path) => path.includes('/queue.'));
      const queue = await import(address);
      for (let number = 0; number < count; number += 1) {
        const [kept, item] = lines[number % lines.length];
        const { regime, period, office } = kept.form;
        await queue.add({ user: kept.user, form: { regime, period, office }, kind: 'save', line: item.indicator, text: `${700000 + number}` }, { fold: false });
      }
    }, count);
    assert.equal((await unsent(page)).length, count);
    await offline(context, false, link);
    await page.reload();
    await sent(page, 240_000);
    assert.deepEqual((await unsent(page)).map((one) => [one.text, one.reason]), []);
    // What was held up on the way arrives now, long after its time.
    await page.waitForTimeout(600);
    const entries = (await saves()).join('\n');
    const times = Array.from({ length: count }, (_, number) => entries.split(`"${700000 + number}"`).length - 1);
    assert.deepEqual(times.flatMap((found, number) => (found === 1 ? [] : [[700000 + number, found]])), [], JSON.stringify(link.counts));
    for (const trouble of ['requestLost', 'answerLost', 'doubled', 'late']) assert.ok(link.counts[trouble] > 0, `no ${trouble}`);
    // In order: each line holds what was typed there last, and nobody was in conflict with themselves.
    const told = await page.evaluate(async () => (await fetch('/sync/forms')).json());
    const open = told.forms.filter((form) => !form.lock);
    const lines = 8;
    const last = open.flatMap((form) => Object.values(form.values)).map(Number).filter((value) => value >= 700000).sort();
    assert.deepEqual(last, Array.from({ length: lines }, (_, at) => 700000 + count - lines + at));
    assert.deepEqual(open.flatMap((form) => form.conflicts), []);
  } finally {
    await context.close();
    await link.stop();
  }
});

test('two people on one line: both values are kept and a person decides', async () => {
  const [one, other] = colleagues(3);
  const first = await phone();
  const second = await phone();
  const page = await first.newPage();
  const elsewhere = await second.newPage();
  await signIn(page, one, { language: 'en' });
  await signIn(elsewhere, other, { language: 'en', address: program.address });
  await openFirst(page);
  await openFirst(elsewhere);
  await offline(first, true);
  await type(page, '11');
  await type(elsewhere, '22');
  await sent(elsewhere);
  await offline(first, false);
  await sent(page);
  await page.goto(`${line.address}/en/offline`);
  await openFirst(page);
  const choices = page.locator('.typed-line [role="group"] button');
  await choices.first().waitFor();
  assert.deepEqual((await choices.allInnerTexts()).sort(), ['Keep 11', 'Keep 22']);
  assert.deepEqual(await violations(page), []);
  await choices.filter({ hasText: '11' }).click();
  await page.waitForTimeout(200);
  await sent(page);
  const told = await page.evaluate(async () => (await fetch('/sync/forms')).json());
  assert.deepEqual(told.forms.flatMap((form) => form.conflicts), []);
  assert.ok(told.forms.some((form) => Object.values(form.values).includes('11')));
  await first.close();
  await second.close();
});

test('the session ended meanwhile: everything stays, signing in goes on; a wrong clock does no harm', async () => {
  const [person] = colleagues(4);
  const context = await phone();
  const page = await context.newPage();
  // Two days ahead.
  await page.addInitScript(() => {
    const real = Date.now.bind(Date);
    Date.now = () => real() + 2 * 86_400_000;
  });
  await signIn(page, person, { language: 'en' });
  await openFirst(page);
  await offline(context, true);
  await type(page, '33');
  await context.clearCookies();
  await offline(context, false);
  await page.locator('#box .actions button:not(.plain)').click();
  await page.locator('#enter a').waitFor({ state: 'visible' });
  assert.equal((await unsent(page)).length, 1);
  assert.match(await page.locator('#clock').innerText(), /2880/);
  await page.locator('#enter a').click();
  await page.fill('input[name="name"]', person.name);
  await page.fill('input[name="password"]', person.password);
  await page.locator('main button[type="submit"]').click();
  await page.waitForURL(/\/en\/offline/);
  await sent(page);
  const told = await page.evaluate(async () => (await fetch('/sync/forms')).json());
  assert.ok(told.forms.some((form) => Object.values(form.values).includes('33')));
  await context.close();
});

test('what the server no longer takes is refused with the reason, stays, and can be saved to a file', async () => {
  const [one, other] = colleagues(5);
  const context = await phone();
  const page = await context.newPage();
  await signIn(page, one, { language: 'en' });
  await openFirst(page);
  await offline(context, true);
  await type(page, '55');
  // The colleague fills it in and sends it.
  const elsewhere = await (await phone()).newPage();
  await signIn(elsewhere, other, { language: 'en', address: program.address });
  const left = await elsewhere.evaluate(async () => {
    const told = await (await fetch('/sync/forms')).json();
    const form = told.forms.find((form) => !form.lock);
    const name = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
    const send = async (operations) => (await (await fetch('/sync/operations', {
      method: 'POST', headers: { 'content-type': 'application/json', 'x-rorang-token': told.csrf }, body: JSON.stringify({ language: 'en', operations }),
    })).json()).answers;
    const { regime, period, office } = form;
    let version = form.version;
    for (const item of form.items) {
      const least = item.edits.find((edit) => edit.kind === 'at-least')?.value ?? '0';
      const [answer] = await send([{ operation: name(), kind: 'save', regime, period, office, line: item.indicator, text: least, explanation: 'counted again', seen: version }]);
      version = answer.version;
    }
    return send([{ operation: name(), kind: 'submit', regime, period, office, seen: version }]);
  });
  assert.equal(left[0].state, 'done', JSON.stringify(left));
  await offline(context, false);
  await sent(page);
  const [refused] = await unsent(page);
  assert.equal(refused.state, 'refused');
  assert.ok(refused.reason.length > 10, JSON.stringify(refused));
  await page.goto(`${line.address}/en/offline`);
  await page.locator('.outbox .wrong').first().waitFor();
  assert.match(await page.locator('#box').innerText(), /55/);
  assert.deepEqual(await violations(page), []);
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('#box button', { hasText: 'Save what was typed' }).click()]);
  assert.match(await readFile(await file.path(), 'utf8'), /"55"/);
  await context.close();
  await elsewhere.context().close();
});

test('signing out leaves no form on the device, and nothing unsent is lost', async () => {
  const [person] = colleagues(6);
  const context = await phone();
  const page = await context.newPage();
  await signIn(page, person, { language: 'en' });
  await openFirst(page);
  await offline(context, true);
  await type(page, '66');
  // Signed out before it could be sent.
  line.closed = (path) => path.startsWith('/sync/operations');
  await offline(context, false);
  await page.goto(`${line.address}/en`);
  await page.locator('.menu-button').click();
  await page.locator('#menu form[action$="/sign-out"] button').click();
  await page.waitForURL(/\/en$/);
  await page.waitForTimeout(300);
  assert.deepEqual(await kept(page, 'forms'), []);
  assert.deepEqual((await kept(page, 'notes')).map((note) => note.name), ['left']);
  assert.deepEqual((await kept(page, 'operations')).map((one) => one.text), ['66']);
  line.closed = () => false;
  await signIn(page, person, { language: 'en' });
  await sent(page);
  const told = await page.evaluate(async () => (await fetch('/sync/forms')).json());
  assert.ok(told.forms.some((form) => Object.values(form.values).includes('66')));
  await context.close();
});

/**
 * Takes the room on the device away, or gives it back: a real browser asks its system for room only now and then, so the
 * refusal is made where the page meets it.
 */
const memory = (page, full) => page.evaluate((full) => {
  IDBObjectStore.prototype.whole ??= IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = full
    ? () => { throw new DOMException('The device is full.', 'QuotaExceededError'); }
    : IDBObjectStore.prototype.whole;
}, full);

for (const language of ['vi', 'en']) {
  test(`a full device says so, keeps what was typed on the page, and saves it when there is room (${language})`, async () => {
    const [person] = colleagues(language === 'vi' ? 9 : 10);
    const context = await phone();
    const page = await context.newPage();
    await signIn(page, person, { language });
    await openFirst(page);
    await offline(context, true);
    await memory(page, true);
    const input = page.locator('.typed-line input').first();
    await input.fill('88');
    await input.blur();
    await page.locator('#trouble:not([hidden])').waitFor();
    assert.match(await page.locator('#trouble').innerText(), language === 'vi' ? /CHƯA được lưu/ : /NOT saved/);
    assert.deepEqual(await unsent(page), []);
    assert.deepEqual(await violations(page), []);
    assert.equal(await overflow(page), 0);
    // Looking at the list and back loses nothing.
    await page.locator('#sheet').evaluate(() => { location.hash = ''; });
    await page.locator('.open-forms a').first().waitFor();
    await openFirst(page);
    assert.equal(await page.locator('.typed-line input').first().inputValue(), '88');
    // The browser asks before the page goes away.
    const asked = new Promise((resolve) => page.once('dialog', async (dialog) => { resolve(dialog.type()); await dialog.dismiss(); }));
    await page.locator('.typed-line input').first().click();
    await page.close({ runBeforeUnload: true });
    assert.equal(await asked, 'beforeunload');
    await memory(page, false);
    const until = Date.now() + 20_000;
    while ((await unsent(page)).length === 0) {
      assert.ok(Date.now() < until, 'it is not saved though there is room');
      await page.waitForTimeout(200);
    }
    await page.locator('#trouble').waitFor({ state: 'hidden' });
    assert.deepEqual((await unsent(page)).map((one) => one.text), ['88']);
    await offline(context, false);
    await sent(page);
    const told = await page.evaluate(async () => (await fetch('/sync/forms')).json());
    assert.ok(told.forms.some((form) => Object.values(form.values).includes('88')));
    await context.close();
  });
}

test('two people on one device: each thing goes in under who typed it, and nobody sees the other’s', async () => {
  const [one, other] = colleagues(11);
  const context = await phone();
  const page = await context.newPage();
  await signIn(page, one, { language: 'en' });
  await openFirst(page);
  // Two values in one line: the first is on its way, the second waits behind it.
  await type(page, '101');
  await sent(page);
  await offline(context, true);
  await type(page, '102');
  line.closed = (path) => path.startsWith('/sync/operations');
  await offline(context, false);
  await page.goto(`${line.address}/en`);
  await page.locator('.menu-button').click();
  await page.locator('#menu form[action$="/sign-out"] button').click();
  await page.waitForURL(/\/en$/);
  line.closed = () => false;
  await signIn(page, other, { language: 'en' });
  assert.match(await page.locator('#box').innerText(), /1 other/);
  assert.doesNotMatch(await page.locator('main').innerText(), /102/);
  assert.deepEqual(await violations(page), []);
  const second = page.locator('.typed-line input').nth(1);
  await openFirst(page);
  await second.fill('7');
  await second.blur();
  await page.waitForTimeout(800);
  await sent2(page);
  assert.deepEqual((await kept(page, 'operations')).filter((row) => row.state === 'waiting').map((row) => row.text), ['102']);
  await page.goto(`${line.address}/en`);
  await page.locator('.menu-button').click();
  await page.locator('#menu form[action$="/sign-out"] button').click();
  await page.waitForURL(/\/en$/);
  await signIn(page, one, { language: 'en' });
  await sent(page);
  const told = await page.evaluate(async () => (await fetch('/sync/forms')).json());
  const form = told.forms.find((form) => Object.values(form.values).includes('102'));
  assert.ok(form, JSON.stringify(told.forms.map((form) => form.values)));
  // Nobody is in conflict with themselves, though the form was off the device meanwhile.
  assert.deepEqual(told.forms.flatMap((form) => form.conflicts), []);
  assert.ok(Object.values(form.values).includes('7'));
  await context.close();
});

/** As `sent`, but what another person typed may go on waiting. */
async function sent2(page) {
  const user = await page.evaluate(async () => (await (await fetch('/sync/forms')).json()).user);
  const until = Date.now() + 30_000;
  while ((await unsent(page)).some((one) => one.state === 'waiting' && one.user === user)) {
    assert.ok(Date.now() < until, 'own things are not sent');
    await page.locator('#box .actions button:not(.plain)').click();
    await page.waitForTimeout(80);
  }
}

test('a regime that ended meanwhile: what was typed is refused with the reason, stays, and can be saved', async () => {
  const [person] = colleagues(12);
  const planner = people.find((one) => one.post === 'VN-11.planner');
  const context = await phone();
  const page = await context.newPage();
  await signIn(page, person, { language: 'en' });
  const told = await page.evaluate(async () => (await fetch('/sync/forms?lang=en')).json());
  const form = told.forms.find((form) => form.regime === 'xa-nong-thon-nua-nam') ?? told.forms.find((form) => !form.lock);
  await page.locator('.open-forms a', { hasText: form.title }).first().click();
  await page.locator('.typed-line input').first().waitFor();
  await offline(context, true);
  await type(page, '13');
  // A planner ends the regime while the phone has no net.
  const desk = await (await browser.newContext()).newPage();
  await desk.goto(`${program.address}/en/sign-in?next=/en/reports/regimes/${form.regime}`);
  await desk.fill('input[name="name"]', planner.name);
  await desk.fill('input[name="password"]', planner.password);
  await desk.locator('main button[type="submit"]').click();
  await desk.waitForURL(/\/regimes\//);
  const ending = desk.locator('form', { has: desk.locator('[name="reason"]') }).last();
  await ending.locator('xpath=ancestor::details').evaluateAll((all) => all.forEach((details) => { details.open = true; }));
  await ending.locator('[name="reason"]').fill('Replaced by a yearly report.');
  await ending.locator('button[type="submit"]').click();
  await desk.waitForLoadState();
  await offline(context, false);
  await sent(page);
  const [refused] = await unsent(page);
  assert.equal(refused.state, 'refused', JSON.stringify(await unsent(page)));
  assert.ok(refused.reason.length > 10);
  await page.goto(`${line.address}/en/offline`);
  await page.locator('.outbox .wrong').first().waitFor();
  assert.match(await page.locator('#box').innerText(), /13/);
  assert.equal(await overflow(page), 0);
  assert.deepEqual(await violations(page), []);
  await context.close();
  await desk.context().close();
});

test('the page is small on a phone with 1 GB', async () => {
  const [person] = colleagues(13);
  const context = await phone();
  const page = await context.newPage();
  await signIn(page, person);
  await openFirst(page);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable');
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const of = (name) => metrics.find((metric) => metric.name === name).value;
  const heap = of('JSHeapUsedSize') / 2 ** 20;
  console.log(`# the offline page with a form: ${heap.toFixed(1)} MB of script memory, ${of('Nodes')} nodes`);
  assert.ok(heap < 16, `${heap} MB`);
  assert.ok(of('Nodes') < 5_000, `${of('Nodes')} nodes`);
  await context.close();
});

describe('for everybody', () => {
  for (const language of ['vi', 'en']) {
    for (const colorScheme of ['light', 'dark']) {
      test(`the page and a form break no accessibility rule (${language}, ${colorScheme})`, async () => {
        const context = await phone({ colorScheme });
        const page = await context.newPage();
        const [person] = colleagues(7);
        await signIn(page, person, { language });
        assert.deepEqual(await violations(page), []);
        await openFirst(page);
        assert.deepEqual(await violations(page), []);
        assert.equal(await overflow(page), 0);
        await context.close();
      });
    }
  }

  test('a form is filled in and sent by keyboard alone', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const [person] = colleagues(8);
    await signIn(page, person, { language: 'en' });
    const focus = async (what) => {
      for (let step = 0; step < 60; step += 1) {
        if (await page.evaluate((selector) => document.activeElement?.matches(selector), what)) return;
        await page.keyboard.press('Tab');
      }
      assert.fail(`${what} is not reached by the keyboard`);
    };
    await focus('.open-forms a');
    await page.keyboard.press('Enter');
    await page.locator('.typed-line input').first().waitFor();
    await focus('.typed-line input');
    await page.keyboard.type('77');
    await page.keyboard.press('Tab');
    await page.waitForTimeout(200);
    await focus('#box button');
    await page.keyboard.press('Enter');
    await sent(page);
    const told = await page.evaluate(async () => (await fetch('/sync/forms')).json());
    assert.ok(told.forms.some((form) => Object.values(form.values).includes('77')));
    await context.close();
  });

  test('the scripts of the page are small', async () => {
    const worker = await (await fetch(`${program.address}/sw.js`)).text();
    const scripts = [...worker.matchAll(/\/assets\/[\w.-]+\.mjs/g)].map(([path]) => path);
    assert.ok(scripts.length >= 6);
    let bytes = 0;
    for (const path of new Set(scripts)) {
      const answer = await fetch(program.address + path, { headers: { 'accept-encoding': 'br' } });
      bytes += Number(answer.headers.get('content-length') ?? (await answer.arrayBuffer()).byteLength);
    }
    assert.ok(bytes < 16 * 1024, `${bytes} bytes of packed scripts`);
  });
});
