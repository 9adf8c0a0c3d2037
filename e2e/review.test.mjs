// The review desk in the browser, as a planner uses it: hand a paper in, accept, correct, reject with a reason; what was accepted
// shows with its sentence, and yesterday's register did not know it. Once with JavaScript, once without.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch, violations } from './support/browser.mjs';
import { addPlanner, start } from './support/program.mjs';

const PAPER = `# 2026-02-10 | VN-11 | A month of the province

Forest coverage reached 46.1% in 2025. Health insurance coverage was 98.4% in 2025. Coffee area reached 9,340 hectares in 2025.
`;

let program, browser;
before(async () => {
  program = await start();
  await addPlanner(program, 'lan', 'rừng ban trắng đầu xuân 2026');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

async function signIn(page) {
  await page.goto(`${program.address}/en/sign-in`);
  await page.fill('input[name="name"]', 'lan');
  await page.fill('input[name="password"]', 'rừng ban trắng đầu xuân 2026');
  await page.locator('main button[type="submit"]').click();
  await page.waitForURL(/\/en\/desk/);
}

/** Hands the paper in under a name of its own, and opens its desk. */
async function handIn(page, name) {
  await page.goto(`${program.address}/en/documents/new`);
  await page.setInputFiles('input[type="file"]', { name, mimeType: 'text/plain', buffer: Buffer.from(`${PAPER}\n${name}\n`) });
  await page.fill('input[name="title"]', 'A month of the province');
  await page.fill('input[name="publisher"]', 'Test desk');
  await page.fill('input[name="date"]', '2026-02-10');
  await page.fill('input[name="place"]', 'VN-11');
  await page.locator('main button[type="submit"]').click();
  await page.waitForURL(/\/en\/documents\/\d+/);
  const document = page.url().match(/documents\/(\d+)/)[1];
  return document;
}

/** Chooses the figure whose surface holds this text. */
async function choose(page, document, surface) {
  await page.goto(`${program.address}/en/documents/${document}`);
  await page.locator('main a', { hasText: surface }).first().click();
  await page.waitForURL(/figure=/);
}

test('a wrong password is refused with words and leaves the name', async () => {
  const page = await browser.newPage();
  await page.goto(`${program.address}/en/sign-in`);
  await page.fill('input[name="name"]', 'lan');
  await page.fill('input[name="password"]', 'not this');
  await page.locator('main button[type="submit"]').click();
  assert.ok((await page.locator('[role="alert"]').innerText()).length > 10);
  assert.equal(await page.inputValue('input[name="name"]'), 'lan');
  await page.close();
});

test('who is not signed in cannot decide, and is shown the way in', async () => {
  const answer = await fetch(`${program.address}/en/documents/1`, { method: 'POST', body: new URLSearchParams({ figure: '1.1', seen: '0', verdict: 'accept' }), redirect: 'manual' });
  assert.ok([302, 303, 401, 403].includes(answer.status), `answered ${answer.status}`);
  const page = await browser.newPage();
  await page.goto(`${program.address}/en/desk`);
  assert.ok(page.url().includes('sign-in') || (await page.locator('a[href*="sign-in"]').count()) > 0);
  await page.close();
});

for (const javaScriptEnabled of [true, false]) {
  describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    const name = javaScriptEnabled ? 'with.txt' : 'without.txt';
    let context, page, document;
    before(async () => {
      context = await browser.newContext({ javaScriptEnabled });
      page = await context.newPage();
      await signIn(page);
      document = await handIn(page, name);
    });
    after(() => context?.close());

    test('the paper stands there with its figures marked', async () => {
      const text = await page.locator('main').innerText();
      assert.match(text, /Forest coverage reached 46\.1% in 2025/);
      for (const surface of ['46.1%', '98.4%', '9,340 hectares']) {
        assert.ok((await page.locator('main a', { hasText: surface }).count()) > 0, `${surface} is not marked`);
      }
    });

    // axe is itself JavaScript.
    if (javaScriptEnabled) {
      test('the desk breaks no accessibility rule', async () => {
        await choose(page, document, '46.1%');
        assert.deepEqual(await violations(page), []);
      });
    }

    test('what is accepted shows on its indicator with its sentence', async () => {
      await choose(page, document, '46.1%');
      await page.locator('button[value="accept"]').click();
      await page.waitForURL(/done=1/);
      await page.goto(`${program.address}/en/indicators/forest.coverage`);
      const text = await page.locator('main').innerText();
      assert.match(text, /46\.1/);
      assert.match(text, /Forest coverage reached 46\.1% in 2025/);
    });

    test('a changed field is a correction, with its reason', async () => {
      await choose(page, document, '98.4%');
      await page.fill('input[name="value"]', '98.5');
      await page.fill('textarea[name="reason"]', 'The annex has 98.5.');
      await page.locator('button[value="accept"]').click();
      await page.waitForURL(/done=1/);
      await page.goto(`${program.address}/en/indicators/health.insurance_coverage`);
      assert.match(await page.locator('main').innerText(), /98\.5/);
    });

    test('a rejection asks for its reason and then is kept with it', async () => {
      await choose(page, document, '9,340');
      await page.locator('button[value="reject"]').click();
      await page.waitForLoadState();
      assert.ok(!page.url().includes('done=1'), 'rejected without a reason');
      assert.ok((await page.locator('main .problem, main [role="alert"]').count()) > 0, 'no word on what is missing');
      await page.fill('textarea[name="reason"]', 'Another area is meant.');
      await page.locator('button[value="reject"]').click();
      await page.waitForURL(/done=1/);
      await choose(page, document, '9,340');
      assert.match(await page.locator('main').innerText(), /Another area is meant\./);
    });

    test('yesterday the register did not know it', async () => {
      const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
      await page.goto(`${program.address}/en/indicators/forest.coverage?known=${yesterday}`);
      assert.doesNotMatch(await page.locator('main').innerText(), /Forest coverage reached 46\.1%/);
    });
  });
}
