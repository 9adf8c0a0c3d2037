// The whole path on a phone: a leader hands a task to a commune, the commune receives it, fills its report in without the net,
// the net comes back, the report is sent back with a reason, mended, verified, accepted; anybody reads the number and who told it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, overflow, violations } from './support/browser.mjs';
import * as lossy from './support/lossy.mjs';
import { demoUsers, start } from './support/program.mjs';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

let program, browser, people, line;
before(async () => {
  program = await start();
  people = await demoUsers(program);
  line = await lossy.start(program.address, { seed: 0, troubles: () => false });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await line?.stop();
  await program?.stop();
});

const holder = (post) => {
  const found = people.find((person) => person.post === post);
  assert.ok(found, `nobody holds ${post}`);
  return found;
};

/** Somebody's phone, signed in. */
async function phone(person, language) {
  const context = await browser.newContext(PHONE);
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  await page.goto(`${line.address}/${language}/sign-in?next=/${language}/about`);
  await page.fill('input[name="name"]', person.name);
  await page.fill('input[name="password"]', person.password);
  await page.locator('main button[type="submit"]').click();
  await page.waitForURL(/\/about/);
  return page;
}

const waiting = (page) => page.evaluate(async () => {
  const db = await new Promise((resolve) => { const asking = indexedDB.open('rorang'); asking.onsuccess = () => resolve(asking.result); });
  const rows = await new Promise((resolve) => { const asking = db.transaction('operations').objectStore('operations').getAll(); asking.onsuccess = () => resolve(asking.result); });
  db.close();
  return rows.filter((one) => one.state !== 'sent').map(({ state, kind, reason, line, text }) => ({ state, kind, reason, line, text }));
});

/** Types into a line of the offline page, and waits until the page says that the device has it. */
async function type(page, indicator, text) {
  const id = `line-${indicator.replaceAll('.', '-')}`;
  await page.fill(`[id="${id}"]`, text);
  await page.locator(`[id="${id}"]`).blur();
  await page.waitForFunction(async ([indicator, text]) => {
    const db = await new Promise((resolve) => { const asking = indexedDB.open('rorang'); asking.onsuccess = () => resolve(asking.result); });
    const rows = await new Promise((resolve) => { const asking = db.transaction('operations').objectStore('operations').getAll(); asking.onsuccess = () => resolve(asking.result); });
    db.close();
    return rows.some((one) => one.line === indicator && one.text === text);
  }, [indicator, text]);
}

/** Presses «send now» until the device has nothing left. */
async function sent(page) {
  const until = Date.now() + 60_000;
  for (;;) {
    const left = await waiting(page);
    assert.deepEqual(left.filter((one) => one.state === 'refused'), []);
    if (left.length === 0) return;
    assert.ok(Date.now() < until, JSON.stringify(left));
    await page.locator('#box .actions button:not(.plain)').click();
    await page.waitForTimeout(100);
  }
}

/** The place in the queue of the last report that was handed in on the device. */
const lastHandedIn = async () => {
  const db = await new Promise((resolve) => { const asking = indexedDB.open('rorang'); asking.onsuccess = () => resolve(asking.result); });
  const rows = await new Promise((resolve) => { const asking = db.transaction('operations').objectStore('operations').getAll(); asking.onsuccess = () => resolve(asking.result); });
  db.close();
  return Math.max(0, ...rows.filter((one) => one.kind === 'submit').map((one) => one.order));
};

/** Hands the report in, and waits until the device has that in its queue. */
async function submit(page) {
  const before = await page.evaluate(lastHandedIn);
  await page.locator('#forms section button:not(.plain)').last().click();
  const until = Date.now() + 20_000;
  while ((await page.evaluate(lastHandedIn)) <= before) {
    assert.ok(Date.now() < until, 'the device did not take the report in');
    await page.waitForTimeout(50);
  }
}

['vi', 'en'].forEach((language, nth) => {
  test(`from the task to the public page (${language})`, async () => {
    const reporters = people.filter((person) => person.role === 'reporter' && person.office.startsWith('VN-11-'));
    const reporter = reporters[nth + 20];
    const { office } = reporter;
    const leader = await phone(holder('VN-11.leader'), language);

    // Assign.
    await leader.goto(`${line.address}/${language}/tasks/new`);
    await leader.fill('input[name="title"]', `Rà soát hộ nghèo ${office}`);
    await leader.selectOption('select[name="lead"]', office);
    await leader.fill('input[name="due"]', '2027-03-31');
    for (const name of ['product', 'result', 'power']) await leader.fill(`textarea[name="${name}"]`, 'Danh sách hộ nghèo đã công khai');
    await leader.locator('button[value="hand-over"]').click();
    await leader.waitForURL(/\/tasks\/\d+/);
    const task = new URL(leader.url()).pathname;

    // Receive.
    const commune = await phone(reporter, language);
    await commune.goto(line.address + task);
    const receive = commune.locator('#do-acknowledge');
    if (!(await receive.evaluate((details) => details.open))) await receive.locator('summary').click();
    await receive.locator('button[type="submit"]').click();
    await commune.waitForURL(/done=acknowledge/);
    assert.deepEqual(await violations(commune), []);
    assert.equal(await overflow(commune), 0);

    // Report without the net.
    await commune.goto(`${line.address}/${language}/offline`);
    await commune.locator('.open-forms a').first().waitFor();
    await commune.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    const told = await commune.evaluate(async (language) => (await fetch(`/sync/forms?lang=${language}`)).json(), language);
    const form = told.forms.find((form) => !form.lock && form.items.some((item) => item.indicator === 'households.total'));
    line.down = true;
    await commune.context().setOffline(true);
    await commune.locator('.open-forms a', { hasText: form.title }).first().click();
    await commune.locator('.typed-line input').first().waitFor();
    for (const item of form.items) {
      const least = item.edits.find((edit) => edit.kind === 'at-least')?.value ?? '0';
      await type(commune, item.indicator, item.indicator === 'households.total' ? '1234' : least);
    }
    await submit(commune);
    await commune.waitForTimeout(300);
    assert.ok((await waiting(commune)).some((one) => one.kind === 'submit'));

    // The net is back.
    line.down = false;
    await commune.context().setOffline(false);
    await sent(commune);

    // Sent back with a reason.
    const report = `/${language}/reports/${form.regime}/${form.period}/${office}`;
    const verifiers = people.filter((person) => person.role === 'verifier');
    let verifier;
    for (const person of verifiers) {
      const page = await phone(person, language);
      const answer = await page.goto(line.address + report);
      if (answer.status() === 200 && (await page.locator('button[value="verify"]').count()) > 0) { verifier = page; break; }
      await page.context().close();
    }
    assert.ok(verifier, 'no verifier may verify this report');
    assert.deepEqual(await violations(verifier), []);
    await verifier.fill('#field-reason', 'Số hộ chưa khớp danh sách thôn bản.');
    await verifier.locator('button[value="return"]').click();
    await verifier.waitForLoadState();

    // Mended and sent again.
    await commune.goto(line.address + report);
    assert.match(await commune.locator('main').innerText(), /chưa khớp danh sách thôn bản/);
    await commune.goto(`${line.address}/${language}/offline`);
    await commune.locator('.open-forms a', { hasText: form.title }).first().click();
    await commune.locator('.typed-line input').first().waitFor();
    await type(commune, 'households.total', '1235');
    await submit(commune);
    await sent(commune);

    // Verified, accepted.
    await verifier.goto(line.address + report);
    await verifier.fill('#field-reason', 'Đã đối chiếu danh sách.');
    for (const box of await verifier.locator('form.report-judge input[type="checkbox"]').all()) await box.check();
    await verifier.locator('button[value="verify"]').click();
    await verifier.waitForLoadState();
    await leader.goto(line.address + report);
    await leader.locator('button[value="accept"]').click();
    await leader.waitForLoadState();

    // Anybody reads it.
    const citizen = await (await browser.newContext(PHONE)).newPage();
    await citizen.goto(`${line.address}${report}/value/households.total`);
    assert.match(await citizen.locator('main').innerText(), language === 'vi' ? /1\.235/ : /1,235/);
    assert.deepEqual(await violations(citizen), []);
    assert.equal(await overflow(citizen), 0);

    // Corrected after acceptance, with a reason; without one nothing is lost.
    await verifier.goto(line.address + report);
    const correction = verifier.locator('details.correct');
    await correction.locator('summary').first().click();
    await verifier.fill('[id="field-households.total"]', '1236');
    await correction.locator('p.actions button[type="submit"]').click();
    await verifier.locator('.notice.problem').first().waitFor();
    assert.equal(await verifier.inputValue('[id="field-households.total"]'), '1236', 'what was typed is gone');
    assert.deepEqual(await violations(verifier), []);
    assert.equal(await overflow(verifier), 0);
    await correction.locator('textarea[name="reason"]').fill('Một hộ chuyển đến ngày cuối quý.');
    await correction.locator('p.actions button[type="submit"]').click();
    await verifier.waitForURL(/corrected=1/);

    // The public reads the new number, the old one in its story, why, and nobody's name; the map of the commune leads there.
    await citizen.goto(`${line.address}${report}/value/households.total`);
    const story = await citizen.locator('main').innerText();
    assert.match(story, language === 'vi' ? /1\.236/ : /1,236/);
    assert.match(story, language === 'vi' ? /1\.235/ : /1,235/);
    assert.match(story, /Một hộ chuyển đến ngày cuối quý/);
    for (const person of people) assert.ok(!story.includes(person.name), `the public reads the name ${person.name}`);
    assert.doesNotMatch(story, /chưa khớp danh sách/, 'the public reads why it was sent back');
    assert.deepEqual(await violations(citizen), []);
    assert.equal(await overflow(citizen), 0);
    await citizen.goto(`${line.address}/${language}/indicators/households.total?place=${office}`);
    const way = citizen.locator(`a[href*="${form.regime}/"][href$="/value/households.total"]`).first();
    await way.waitFor({ state: 'attached' });
    await citizen.goto(new URL(await way.getAttribute('href'), line.address).href);
    assert.match(await citizen.locator('h1').innerText(), /./);

    // Who verifies and who leads read all of it.
    for (const page of [verifier, leader, commune]) {
      await page.goto(`${line.address}${report}/value/households.total`);
      const whole = await page.locator('main').innerText();
      assert.match(whole, language === 'vi' ? /1\.234/ : /1,234/);
      assert.match(whole, /chưa khớp danh sách/);
      assert.match(whole, new RegExp(reporter.name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
      assert.equal(await overflow(page), 0);
      assert.deepEqual(await violations(page), []);
    }
    for (const page of [leader, commune, verifier, citizen]) await page.context().close();
  });
});
