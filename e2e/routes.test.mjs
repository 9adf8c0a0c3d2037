// Every page of the list of routes, with simulated reports in the register, as each role: reachable by links, no barrier, no
// error, nothing wider than the window, on a phone in Vietnamese and on a desk in English; every form by keyboard alone.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch, overflow, violations, watch } from './support/browser.mjs';
import { demoUsers, run, start } from './support/program.mjs';
import { pages, reached, signIn } from './support/routes.mjs';

const ROLES = {
  public: null,
  reporter: 'VN-11-03158.reporter',
  verifier: 'VN-11/finance.verifier',
  planner: 'VN-11.planner',
  leader: 'VN-11.leader',
  inspector: 'VN-11.inspector',
  administrator: 'VN-11.administrator',
};
const PHONE = { viewport: { width: 360, height: 740 }, reducedMotion: 'reduce' };
const DESK = { viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' };
/** The header takes one line on a desk: the bar of 2.75 rem with its padding and the woven band. */
const HEADER = 80;

const all = pages();
const visits = {};
let program, browser;
before(async () => {
  program = await start();
  const people = await demoUsers(program);
  await run(['simulate', '--database', program.database]);
  browser = await launch();
  for (const [role, post] of Object.entries(ROLES)) {
    const cookie = post === null ? '' : await signIn(program.address, people.find((person) => person.post === post));
    if (role === 'planner') await draft(cookie);
    visits[role] = { cookie, ...(await reached(program.address, all, { cookie })) };
  }
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

/** A task that is not handed over yet, so that there is one to write anew. */
async function draft(cookie) {
  const page = await (await context(cookie, DESK)).newPage();
  await page.goto(`${program.address}/vi/tasks/new`);
  await page.fill('input[name="title"]', 'Việc còn là bản nháp');
  await Promise.all([page.waitForURL(/\/tasks\/\d+/), page.locator('button[value="draft"], main button.plain').first().click()]);
  await page.context().close();
}

async function context(cookie, window) {
  const made = await browser.newContext(window);
  await made.addCookies(cookie.split('; ').filter(Boolean).map((pair) => {
    const at = pair.indexOf('=');
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url: program.address };
  }));
  return made;
}

/** What this role sees otherwise than the public does: pages of its own, and pages on which it can do something. */
function own(role) {
  const { found } = visits[role];
  return [...found].filter(([path, page]) => {
    if (role === 'public') return true;
    const open = visits.public.found.get(path);
    const forms = (body) => (body.slice(body.indexOf('<main')).match(/<form\b[^>]*method="post"/g) ?? []).length;
    return !open || path === '' || forms(page.body) !== forms(open.body);
  });
}

test('every page is reached by links by somebody, and no link leads to where one may not go', () => {
  const somewhere = new Set(Object.values(visits).flatMap(({ found }) => [...found.keys()]));
  assert.deepEqual(all.map((route) => route.path).filter((path) => !somewhere.has(path)), []);
  const dead = Object.entries(visits).flatMap(([role, { dead }]) => dead.map((link) => `${role}: ${link}`));
  assert.deepEqual(dead, []);
});

test('every table says what it is', () => {
  const wrong = Object.values(visits).flatMap(({ found }) => [...found.values()])
    .filter(({ body }) => [...body.matchAll(/<table\b[^>]*>([\s\S]{0,40})/g)].some(([, rest]) => !rest.trimStart().startsWith('<caption')))
    .map(({ url }) => new URL(url).pathname);
  assert.deepEqual([...new Set(wrong)], []);
});

test('no public page weighs more than 30 KB on the wire, pictures drawn in it and all', () => {
  const heavy = [...visits.public.found].filter(([, { weight }]) => 30 * 1024 < weight).map(([path, { weight }]) => `${path} ${weight}`);
  assert.deepEqual(heavy, []);
  assert.ok(10 < [...visits.public.found.values()].filter(({ weight }) => 0 < weight).length);
});

for (const role of Object.keys(ROLES)) {
  describe(role, () => {
    const windows = [['on a phone in Vietnamese', 'vi', PHONE], ['on a desk in English', 'en', DESK]];
    // What the public sees on a desk is seen by `pages.test.mjs`, in both languages, light and dark.
    for (const [name, language, window] of role === 'public' ? windows.slice(0, 1) : windows) {
      test(`${name}: no barrier, no error, no sideways scroll, one line of header`, async () => {
        const made = await context(visits[role].cookie, window);
        const wrong = [];
        for (const [, { url }] of own(role)) {
          const page = await made.newPage();
          const troubles = watch(page, program.address);
          const there = url.replace(/\/vi(?=[/?]|$)/, `/${language}`);
          await page.goto(there, { waitUntil: 'load' });
          wrong.push(...(await violations(page)).map((rule) => `${there} ${rule}`));
          const wider = await overflow(page);
          if (wider > 0) wrong.push(`${there} is ${wider} px wider than the window`);
          const header = await page.locator('.site-header').evaluate((element) => element.offsetHeight);
          if (HEADER < header) wrong.push(`${there} has a header of ${header} px`);
          if ((await page.locator('h1').count()) !== 1) wrong.push(`${there} has not one first heading`);
          wrong.push(...troubles.map((trouble) => `${there} ${trouble}`));
          await page.close();
        }
        await made.close();
        assert.equal(wrong.join('\n'), '');
      });
    }

    test('every form by keyboard alone: each field is reached in the order of the page, the focus is seen, none holds it', async () => {
      const made = await context(visits[role].cookie, DESK);
      const wrong = [];
      for (const [, { url, body }] of own(role)) {
        if (!/<form\b[^>]*method="post"/.test(body.slice(body.indexOf('<main')))) continue;
        const page = await made.newPage();
        await page.goto(url, { waitUntil: 'load' });
        wrong.push(...(await walk(page)).map((trouble) => `${url} ${trouble}`));
        await page.close();
      }
      await made.close();
      assert.equal(wrong.join('\n'), '');
    });
  });
}

/** Goes through the main part by Tab. */
async function walk(page) {
  // Radio buttons of one name are one stop; the keyboard's arrows choose among them.
  const fields = await page.evaluate(() => {
    const seen = new Set();
    return [...document.querySelectorAll('main :is(a[href], button, input, select, textarea, summary)')]
      .filter((field) => !field.disabled && field.type !== 'hidden' && field.checkVisibility() && field.tabIndex >= 0)
      .filter((field) => field.type !== 'radio' || (!seen.has(field.name) && seen.add(field.name)))
      .map((field, at) => { field.dataset.stop = at; return field.outerHTML.slice(0, 90); });
  });
  const reached = new Set();
  const wrong = [];
  let last = -1;
  await page.evaluate(() => document.querySelector('main').focus());
  for (let press = 0; press < fields.length * 3 + 20 && reached.size < fields.length; press++) {
    await page.keyboard.press('Tab');
    const { stop, seen, html } = await page.evaluate(() => {
      const field = document.activeElement;
      const style = getComputedStyle(field);
      const radio = field.type === 'radio' && document.querySelector(`main [name="${CSS.escape(field.name)}"][data-stop]`);
      return {
        stop: Number((radio || field).dataset.stop ?? -1),
        seen: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none',
        html: field.outerHTML.slice(0, 90),
      };
    });
    if (stop < 0) continue;
    if (!seen) wrong.push(`no focus is seen on ${html}`);
    if (stop < last) wrong.push(`the focus goes back to ${html}`);
    last = stop;
    reached.add(stop);
  }
  wrong.push(...fields.filter((_, at) => !reached.has(at)).map((html) => `not reached: ${html}`));
  return wrong;
}
