// Offices, posts and people in the browser: the first administrator adds a person and sets up a second factor; every page of it
// breaks no rule of accessibility on a phone and on a desk, in both languages.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { spawn } from 'node:child_process';
import { after, before, test } from 'node:test';
import path from 'node:path';
import { launch, overflow, violations, watch } from './support/browser.mjs';
import { start } from './support/program.mjs';

const PASSWORD = 'đèo Pha Đin sương sớm';
let program, browser, context;

before(async () => {
  program = await start();
  const rorang = process.env.RORANG ?? path.join(import.meta.dirname, '../target/debug/rorang');
  const child = spawn(rorang, ['init', 'Quản trị', '--database', program.database, '--password-stdin'], { stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end(`${PASSWORD}\n`);
  assert.equal(await new Promise((resolve) => child.once('exit', resolve)), 0, 'rorang init');
  browser = await launch();
  context = await browser.newContext();
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

async function signIn(page) {
  await page.goto(`${program.address}/vi/sign-in`);
  await page.fill('input[name="name"]', 'Quản trị');
  await page.fill('input[name="password"]', PASSWORD);
  await page.locator('main button[type="submit"]').click();
  await page.waitForLoadState();
}

/** The code that an authenticator app shows for a secret in base 32. */
function codeOf(secret, step) {
  const bits = [...secret.replaceAll(' ', '')].map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', key).update(time).digest();
  const word = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(word % 1_000_000).padStart(6, '0');
}

test('a second administrator cannot be made by the same command', async () => {
  const rorang = process.env.RORANG ?? path.join(import.meta.dirname, '../target/debug/rorang');
  const child = spawn(rorang, ['init', 'Kẻ khác', '--database', program.database, '--password-stdin'], { stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin.end(`${PASSWORD}\n`);
  assert.equal(await new Promise((resolve) => child.once('exit', resolve)), 1);
});

test('the administrator adds a person to a post, and the post shows who holds it', async () => {
  const page = await context.newPage();
  await signIn(page);
  await page.goto(`${program.address}/vi/people/new`);
  await page.fill('input[name="name"]', 'Lò Thị Thử');
  await page.selectOption('select[name="post"]', 'VN-11-03158.reporter');
  await page.locator('main button[type="submit"]').click();
  assert.match(await page.locator('code.secret').innerText(), /^\S{20}$/);
  await page.goto(`${program.address}/vi/org/VN-11-03158`);
  assert.match(await page.locator('main').innerText(), /Lò Thị Thử/);
  const outside = await (await fetch(`${program.address}/vi/org/VN-11-03158`)).text();
  assert.ok(!outside.includes('Lò Thị Thử'), 'the public sees the post, not the name');
  await page.close();
});

for (const window of [{ name: 'phone', width: 360, height: 740 }, { name: 'desk', width: 1280, height: 900 }]) {
  test(`on a ${window.name}: no barrier, no error, no sideways scroll`, async () => {
    const page = await context.newPage();
    await page.setViewportSize(window);
    const troubles = watch(page, program.address);
    const wrong = [];
    for (const language of ['vi', 'en']) {
      for (const address of ['/org', '/org/VN-11-03158', '/people', '/people/new', '/people/import', '/people/2', '/posts?post=VN-11.leader', '/posts/new', '/departments/new', '/departments/end?office=VN-11/finance', '/people/events', '/people/events?person=2&from=2026-01-01', '/account']) {
        await page.goto(`${program.address}/${language}${address}`);
        wrong.push(...(await violations(page)).map((rule) => `${language}${address} ${rule}`));
        if (await overflow(page) > 0) wrong.push(`${language}${address} is wider than the window`);
      }
    }
    assert.deepEqual([...wrong, ...troubles], []);
    await page.close();
  });
}

test('a second factor is set up with its picture, and asked for at the next sign-in', async () => {
  const page = await context.newPage();
  await page.goto(`${program.address}/vi/account`);
  await page.locator('button', { hasText: 'Bật xác thực hai bước' }).click();
  assert.ok(await page.locator('.qr svg').isVisible());
  assert.deepEqual(await violations(page), []);
  const secret = await page.locator('code.secret').innerText();
  const step = Math.floor(Date.now() / 30_000);
  await page.fill('input[name="code"]', codeOf(secret, step));
  await page.locator('button', { hasText: 'Xác nhận' }).click();
  assert.equal(await page.locator('.codes code').count(), 10);
  const recovery = await page.locator('.codes code').first().innerText();
  await signIn(page);
  assert.equal(await page.locator('input[name="code"]').count(), 1, 'the code is asked for');
  assert.deepEqual(await violations(page), []);
  await page.fill('input[name="code"]', codeOf(secret, step));
  await page.locator('main button[type="submit"]').click();
  assert.ok(await page.locator('[role="alert"]').isVisible(), 'a code is good once');
  await page.fill('input[name="code"]', recovery);
  await page.locator('main button[type="submit"]').click();
  await page.waitForLoadState();
  await page.goto(`${program.address}/vi/account`);
  assert.match(await page.locator('main').innerText(), /Còn 9 mã dự phòng/);
  await page.close();
});
