// A task from hand to hand in the browser, as its people use it: handed over, received, worked on, handed in, returned, handed in
// again, confirmed; on a phone of 360 px, in Vietnamese and in English, by keyboard alone where a form is sent.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch, overflow, violations, watch } from './support/browser.mjs';
import { demoUsers, start } from './support/program.mjs';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

let program, browser, people;
before(async () => {
  program = await start();
  people = await demoUsers(program);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

/** A phone on which the holder of a post is signed in. */
async function phoneOf(post, language) {
  const person = people.find((one) => one.post === post);
  const context = await browser.newContext(PHONE);
  const page = await context.newPage();
  await page.goto(`${program.address}/${language}/sign-in`);
  await page.fill('input[name="name"]', person.name);
  await page.fill('input[name="password"]', person.password);
  await Promise.all([page.waitForURL((address) => !address.pathname.endsWith('/sign-in')), page.locator('main button[type="submit"]').first().click()]);
  return page;
}

/** What every page of the way must be: without barriers, without trouble, no wider than the phone. */
async function sound(page, where) {
  assert.deepEqual(await violations(page), [], where);
  assert.ok((await overflow(page)) <= 0, `${where} is wider than the phone`);
}

/** Opens the form of an act, fills it in and sends it by keyboard alone. */
async function act(page, task, name, words) {
  await page.goto(`${task}`);
  const form = page.locator(`#do-${name}`);
  if ((await form.getAttribute('open')) === null) {
    await form.locator('summary').focus();
    await page.keyboard.press('Enter');
  }
  if (words !== undefined) {
    await form.locator('textarea[name="words"]').focus();
    await page.keyboard.insertText(words);
  }
  if (name === 'progress') await form.locator('input[name="per_cent"]').fill('40');
  await form.locator('button[type="submit"]').focus();
  await Promise.all([page.waitForURL(new RegExp(`done=${name}`)), page.keyboard.press('Enter')]);
  await sound(page, name);
}

for (const language of ['vi', 'en']) {
  describe(language, () => {
    test('a task goes from hand to hand and is done when it is confirmed', async () => {
      const chair = await phoneOf('VN-11.leader', language);
      const officer = await phoneOf('VN-11/finance.reporter', language);
      const troubles = [watch(chair, program.address), watch(officer, program.address)];

      await chair.goto(`${program.address}/${language}/tasks/new`);
      await sound(chair, 'the form');
      await chair.fill('input[name="title"]', `Lập phương án thu (${language})`);
      await chair.selectOption('select[name="lead"]', 'VN-11/finance');
      await chair.fill('input[name="due"]', '2099-12-31');
      await chair.fill('textarea[name="result"]', 'Phương án được duyệt');
      await chair.locator('button[value="hand-over"]').focus();
      await Promise.all([chair.waitForURL(/\/tasks\/\d+\?done=assign/), chair.keyboard.press('Enter')]);
      const task = chair.url().split('?')[0];

      await officer.goto(`${program.address}/${language}/tasks?whose=waiting`);
      await sound(officer, 'the board');
      assert.ok(await officer.locator('ul.tasks a', { hasText: `(${language})` }).count(), 'the task waits for its lead');
      await act(officer, task, 'acknowledge');
      await act(officer, task, 'progress', 'đã xong phần số liệu');
      await act(officer, task, 'submit', 'Tờ trình 12');
      await act(chair, task, 'return', 'thiếu phụ lục');
      await act(officer, task, 'submit', 'Tờ trình 12 kèm phụ lục');
      await act(chair, task, 'confirm');

      // The citizen reads what happened, without words and names.
      const context = await browser.newContext(PHONE);
      const citizen = await context.newPage();
      await citizen.goto(task);
      await sound(citizen, 'the public page');
      assert.equal(await citizen.locator('.timeline > li').count(), 7);
      assert.equal(await citizen.locator('.timeline blockquote').count(), 0);
      assert.ok(await citizen.locator('.status.task-done').count());
      assert.deepEqual(troubles.flat(), []);
      await context.close();
      await chair.context().close();
      await officer.context().close();
    });
  });
}

test('another commune does not learn of an internal task, and a citizen sees no draft', async () => {
  const chair = await phoneOf('VN-11.leader', 'vi');
  await chair.goto(`${program.address}/vi/tasks/new`);
  await chair.fill('input[name="title"]', 'Việc nội bộ');
  await chair.selectOption('select[name="lead"]', 'VN-11/finance');
  await chair.fill('input[name="due"]', '2099-12-31');
  await chair.fill('textarea[name="result"]', 'Kết quả');
  await chair.check('input[name="internal"]');
  await Promise.all([chair.waitForURL(/done=assign/), chair.locator('button[value="hand-over"]').click()]);
  const task = chair.url().split('?')[0];
  const commune = await phoneOf('VN-11-03158.reporter', 'vi');
  assert.equal((await commune.goto(task)).status(), 404);
  assert.equal((await fetch(task)).status, 404);
});
