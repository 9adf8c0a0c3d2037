// Signing in by a province's own directory: a real provider, the really built program, a real browser, and a client without a
// page that does what a browser never would.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:net';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { launch, overflow, violations } from '../support/browser.mjs';
import { addPlanner, run, start } from '../support/program.mjs';

const PASSWORD = 'ruong-bac-thang-2026';
const NAME = 'Thư mục tỉnh';
let program, browser, directory, port, site, issuer;

/** A port that nobody has. */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: free } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return free;
}

async function startDirectory() {
  directory = fork(path.join(import.meta.dirname, 'provider.mjs'), [`${port}`, site], { silent: true });
  let said = '';
  directory.stderr.on('data', (chunk) => { said += chunk; });
  await new Promise((resolve, reject) => {
    directory.once('message', resolve);
    directory.once('exit', () => reject(new Error(`the provider ended:\n${said}`)));
  });
}

async function killDirectory() {
  const ended = new Promise((resolve) => directory.once('exit', resolve));
  directory.kill('SIGKILL');
  await ended;
}

before(async () => {
  port = await freePort();
  const own = await freePort();
  site = `http://127.0.0.1:${own}`;
  issuer = `http://localhost:${port}`;
  const env = {
    RORANG_SITE: site,
    RORANG_OIDC_ISSUER: issuer,
    RORANG_OIDC_CLIENT: 'ro-rang',
    RORANG_OIDC_SECRET: 'bi-mat-cua-may',
    RORANG_OIDC_NAME: NAME,
    RORANG_OIDC_NAME_EN: 'Province directory',
  };
  // The program starts while the directory is away: no reason not to.
  program = await start(['--empty'], { at: `127.0.0.1:${own}`, env });
  for (const name of ['Lan', 'Mai', 'Hoa']) await addPlanner(program, name, PASSWORD);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await program?.stop();
  if (directory?.exitCode === null) directory.kill('SIGKILL');
});

/** A client that keeps cookies by site and follows nothing by itself. */
class Client {
  jar = new Map();

  cookies(address) {
    const { origin } = new URL(address);
    if (!this.jar.has(origin)) this.jar.set(origin, new Map());
    return this.jar.get(origin);
  }

  async ask(address, fields) {
    const cookies = this.cookies(address);
    const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    if (fields) headers.origin = new URL(address).origin;
    const body = fields && new URLSearchParams(fields);
    const answer = await fetch(address, { method: fields ? 'POST' : 'GET', headers, body, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return { status: answer.status, to: answer.headers.get('location'), page: await answer.text(), set: answer.headers.getSetCookie() };
  }

  /** The address at the directory, with what the program remembers of it. */
  async leave(next = '') {
    const left = await this.ask(`${site}/vi/sign-in/directory?next=${encodeURIComponent(next)}`);
    assert.equal(left.status, 303, left.page);
    assert.ok(left.to.startsWith(`${issuer}/auth?`), left.to);
    return left.to;
  }

  /** Signs in there and consents; the address that leads back, not asked yet. */
  async authorise(address, login) {
    let to = address;
    for (let step = 0; step < 12; step += 1) {
      if (to.startsWith(site)) return to;
      const { to: next, page } = await this.ask(to);
      if (next) {
        to = new URL(next, to).href;
        continue;
      }
      const action = page.match(/<form[^>]*action="([^"]+)"/)[1].replaceAll('&amp;', '&');
      const prompt = page.match(/name="prompt" value="([^"]+)"/)[1];
      const { to: then } = await this.ask(new URL(action, to).href, { prompt, login, password: 'x' });
      to = new URL(then, to).href;
    }
    throw new Error(`the directory leads nowhere: ${to}`);
  }

  signedIn() {
    return this.cookies(site).has('rorang');
  }

  async signIn(login) {
    const back = await this.authorise(await this.leave(), login);
    return this.ask(back);
  }
}

/** A person with an old phone, who sees these two houses and no other: the directory's pages ask for letters from afar. */
async function phone() {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'vi-VN' });
  await context.route((address) => ![site, issuer].includes(address.origin), (route) => route.abort());
  return context;
}

/** Signs out by the menu of a phone. */
async function signOut(page) {
  await page.locator('header .menu-button').click();
  await page.locator('#menu form[action$="/sign-out"] button').click();
}

/** Signs in at the directory's own pages. */
async function atDirectory(page, login) {
  const field = page.locator('input[name="login"]');
  await page.waitForURL(new RegExp(`^${issuer}/interaction/`));
  if (await field.count()) {
    await field.fill(login);
    await page.fill('input[name="password"]', 'x');
    await page.locator('button[type="submit"]').click();
  }
  // Consent, the first time.
  await page.waitForURL((address) => address.origin === site || address.pathname.startsWith('/interaction/'));
  while (new URL(page.url()).origin !== site) {
    await Promise.all([page.waitForNavigation(), page.locator('button[type="submit"]').click()]);
  }
}

test('while the directory is away, the door says so and the password opens it', async () => {
  const client = new Client();
  const away = await client.ask(`${site}/vi/sign-in/directory`);
  assert.equal(away.status, 503);
  assert.match(away.page, /Thư mục tỉnh hiện không trả lời/);
  assert.match(away.page, /name="password"/);
  const opened = await client.ask(`${site}/vi/sign-in`, { name: 'Hoa', password: PASSWORD, next: '' });
  assert.equal(opened.status, 303);
  assert.ok(client.signedIn());
  await startDirectory();
  // The same program, without being started again.
  assert.ok(await new Client().leave());
});

test('a person links the account, comes in by the directory, and leaves both', async () => {
  const context = await phone();
  const page = await context.newPage();
  const sound = async () => {
    assert.deepEqual(await violations(page), [], page.url());
    assert.equal(await overflow(page), 0, page.url());
  };
  await page.goto(`${site}/vi/sign-in?next=/vi/documents`);
  await sound();
  await page.getByRole('link', { name: `Đăng nhập bằng ${NAME}` }).click();
  await atDirectory(page, 'lan.lo');
  assert.match(await page.locator('[role="alert"]').textContent(), /biết bạn là “lan.lo”, nhưng chưa tài khoản nào/);
  await sound();

  await page.fill('input[name="name"]', 'Lan');
  await page.fill('input[name="password"]', PASSWORD);
  await page.locator('main button[type="submit"]').click();
  await page.waitForURL(`${site}/vi/documents`);
  await page.goto(`${site}/vi/account`);
  const form = page.locator('form:has(input[value="link"])');
  await form.locator('input[name="password"]').fill(PASSWORD);
  await form.locator('button').click();
  await sound();
  await page.getByRole('link', { name: `Sang ${NAME}` }).click();
  await page.waitForURL((address) => address.origin === site || address.pathname.startsWith('/interaction/'));
  if (new URL(page.url()).origin !== site) await atDirectory(page, 'lan.lo');
  await page.waitForURL(`${site}/vi/account?done=1`);
  assert.match(await page.locator('main').textContent(), /đã liên kết với Thư mục tỉnh: “lan.lo”/);
  await sound();
  await signOut(page);
  await page.waitForURL(`${site}/vi`);

  await page.goto(`${site}/vi/sign-in?next=/vi/desk`);
  await page.getByRole('link', { name: `Đăng nhập bằng ${NAME}` }).click();
  await page.waitForURL(`${site}/vi/desk`);
  await page.goto(`${site}/en/account`);
  assert.match(await page.locator('.sessions').textContent(), /by the province's directory/);
  assert.match(await page.locator('.events').textContent(), /Signed in by the province's directory/);
  await sound();
  await signOut(page);
  await page.waitForURL(`${site}/en/signed-out?directory=1`);
  await sound();
  await page.getByRole('link', { name: 'Sign out of Province directory' }).click();
  await page.waitForURL(new RegExp(`^${issuer}/session/end`));
  await page.locator('button[value="yes"], button[name="logout"]').first().click();
  await page.waitForURL(new RegExp(`^${site}/`));
  await page.goto(`${site}/vi/sign-in/directory`);
  await page.waitForURL(new RegExp(`^${issuer}/interaction/`));
  assert.equal(await page.locator('input[name="login"]').count(), 1, 'signed out there too');
  const cookies = await context.cookies(site);
  assert.ok(cookies.every((cookie) => cookie.httpOnly), 'no script reads a cookie of ours');
  await context.close();
});

/** Links by command; what the command said where it refused, else nothing. */
function linking(name, subject) {
  const command = ['user', 'link', name, subject, '--issuer', issuer, '--database', program.database];
  return run(command).then(() => '', (error) => error.message);
}

test('an administrator of the machine links by the subject, and unlinks', async () => {
  assert.equal(await linking('Mai', 'mai.lu'), '');
  const client = new Client();
  const opened = await client.signIn('mai.lu');
  assert.equal(opened.status, 303);
  assert.equal(opened.to, '/vi/desk');
  assert.ok(client.signedIn());
  assert.ok(opened.set.some((line) => line.startsWith('rorang-away=;')), 'the other cookie is gone');
  assert.match(await linking('Hoa', 'mai.lu'), /ended with/, 'one there is one here');
  await run(['user', 'unlink', 'Mai', '--database', program.database]);
  assert.equal(await linking('Hoa', 'mai.lu'), '', 'free again');
  await run(['user', 'unlink', 'Hoa', '--database', program.database]);
  const account = await client.ask(`${site}/vi/account`);
  assert.equal(account.status, 303, 'all sessions ended');
  const refused = await new Client().signIn('mai.lu');
  assert.equal(refused.status, 403);
  assert.equal(await linking('Mai', 'mai.lu'), '');
});

test('an answer is good once, in the browser that left', async () => {
  const [victim, thief] = [new Client(), new Client()];
  const back = await victim.authorise(await victim.leave(), 'mai.lu');
  const stolen = await thief.ask(back);
  assert.equal(stolen.status, 400);
  assert.ok(!thief.signedIn());
  // Trying used it up.
  assert.equal((await victim.ask(back)).status, 400);
  assert.ok(!victim.signedIn());

  const again = await victim.authorise(await victim.leave(), 'mai.lu');
  assert.equal((await victim.ask(again)).status, 303);
  await victim.leave();
  assert.equal((await victim.ask(again)).status, 400, 'the whole answer, replayed');

  // A state that nobody was given, none at all, and no code.
  const stranger = new Client();
  const given = new URL(await stranger.authorise(await stranger.leave(), 'mai.lu'));
  for (const [name, value] of [['state', 'x'.repeat(43)], ['state', ''], ['state', null]]) {
    const wrong = new URL(given);
    if (value === null) wrong.searchParams.delete(name);
    else wrong.searchParams.set(name, value);
    assert.equal((await stranger.ask(wrong.href)).status, 400, `${name}: ${value}`);
    assert.ok(!stranger.signedIn());
  }

  // An old code with a fresh state of one's own.
  const other = new Client();
  await other.leave();
  const mine = new URL(await other.leave());
  const forged = new URL(again);
  forged.searchParams.set('state', mine.searchParams.get('state'));
  assert.equal((await other.ask(forged.href)).status, 403, 'the provider knows the code as used');
  assert.ok(!other.signedIn());

  // An answer that names another issuer, with a good code.
  const mixed = new Client();
  const good = new URL(await mixed.authorise(await mixed.leave(), 'mai.lu'));
  assert.equal(good.searchParams.get('iss'), issuer);
  good.searchParams.set('iss', 'https://evil.test');
  assert.equal((await mixed.ask(good.href)).status, 502);
  assert.ok(!mixed.signedIn());
});

test('who says no there stays outside, and nobody is led elsewhere', async () => {
  const client = new Client();
  const interaction = await client.ask(await client.leave());
  const there = new URL(interaction.to, issuer).href;
  const page = await client.ask(there);
  assert.match(page.page, /abort/);
  const aborted = await client.ask(`${there}/abort`);
  const resumed = await client.ask(new URL(aborted.to, issuer).href);
  assert.match(resumed.to, /error=access_denied/);
  const refused = await client.ask(resumed.to);
  assert.equal(refused.status, 403);
  assert.match(refused.page, /không xác nhận/);
  assert.ok(!client.signedIn());

  for (const next of ['https://evil.test/', '//evil.test', '/\\evil.test']) {
    const led = new Client();
    const opened = await led.ask(await led.authorise(await led.leave(next), 'mai.lu'));
    assert.equal(opened.to, '/vi/desk', next);
  }
  const pushed = await fetch(`${site}/vi/sign-in/directory?next=/vi/desk`, { headers: { 'sec-fetch-site': 'cross-site' }, redirect: 'manual' });
  assert.equal(pushed.headers.get('location'), '/vi/sign-in?next=%2Fvi%2Fdesk', 'nobody else begins a sign-in');
});

test('keys that are turned over between the code and the token are fetched again', async () => {
  const client = new Client();
  const back = await client.authorise(await client.leave(), 'mai.lu');
  const turned = new Promise((resolve) => directory.once('message', resolve));
  directory.send('turn');
  await turned;
  const opened = await client.ask(back);
  assert.equal(opened.status, 303, opened.page);
  assert.ok(client.signedIn());
});

test('a directory that dies between the code and the token lets nobody in, and the next try works', async () => {
  const client = new Client();
  const back = await client.authorise(await client.leave(), 'mai.lu');
  await killDirectory();
  const lost = await client.ask(back);
  assert.equal(lost.status, 503);
  assert.match(lost.page, /hiện không trả lời/);
  assert.ok(!client.signedIn());
  // Nobody is sent to an address where nobody is.
  assert.equal((await new Client().ask(`${site}/vi/sign-in/directory`)).status, 503);
  // It comes back with other keys.
  await startDirectory();
  assert.equal((await new Client().signIn('mai.lu')).status, 303);
});

/** The code that a telephone shows at a step of time (RFC 6238). */
function codeOf(secret, step) {
  const bits = [...secret.replaceAll(' ', '')].map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', key).update(counter).digest();
  const word = hash.readUInt32BE(hash[19] & 0x0f) & 0x7fffffff;
  return `${word % 1_000_000}`.padStart(6, '0');
}

/** Posts a form of a page that a client has open, with the token of its session. */
async function post(client, address, page, fields) {
  const csrf = page.match(/name="csrf" value="([^"]+)"/)[1];
  return client.ask(address, { csrf, ...fields });
}

test('an administrator links an account from its page, finds a taken subject refused, and unlinks it', async () => {
  await run(['user', 'add', 'Quản', '--role', 'administrator', '--database', program.database, '--password-stdin'], `${PASSWORD}\n`);
  const context = await phone();
  const page = await context.newPage();
  const sound = async () => {
    assert.deepEqual(await violations(page), [], page.url());
    assert.equal(await overflow(page), 0, page.url());
  };
  await page.goto(`${site}/vi/sign-in?next=/vi/people`);
  await page.fill('input[name="name"]', 'Quản');
  await page.fill('input[name="password"]', PASSWORD);
  await page.locator('main button[type="submit"]').click();
  await page.waitForURL(`${site}/vi/people`);
  await page.getByRole('link', { name: 'Hoa' }).click();
  const form = page.locator('form:has(input[value="link"])');
  await sound();
  // Mai is linked to that one already.
  await form.locator('input[name="subject"]').fill('mai.lu');
  await form.locator('button').click();
  assert.equal(await page.locator('[role="alert"]').count(), 1, 'one there is one here');
  await sound();
  await form.locator('input[name="subject"]').fill('hoa.quang');
  await form.locator('button').click();
  assert.match(await page.locator('main').textContent(), /hoa\.quang/);
  await sound();
  assert.equal((await new Client().signIn('hoa.quang')).status, 303);
  await page.locator('form:has(input[value="unlink"]) button').click();
  await form.waitFor();
  await sound();
  assert.equal((await new Client().signIn('hoa.quang')).status, 403);
  // What was done is told to who keeps accounts: with both ends of the link, newest first.
  await page.goto(`${site}/vi/people/events`);
  const told = await page.locator('.events').textContent();
  assert.match(told, /Bỏ liên kết[\s\S]*Liên kết với thư mục/);
  await sound();
  await context.close();
});

test('what the directory says of roles and groups gives nobody a post', async () => {
  assert.equal(await linking('Hoa', 'truong.phong'), '');
  // The provider tells that she is an administrator of everything; here she is the planner that she was.
  const client = new Client();
  assert.equal((await client.signIn('truong.phong')).status, 303);
  for (const path of ['/vi/people', '/vi/people/events', '/vi/posts/new', '/vi/departments/end?office=VN-11/finance']) {
    assert.equal((await client.ask(`${site}${path}`)).status, 403, path);
  }
  const account = await client.ask(`${site}/vi/account`);
  assert.match(account.page, /VN-11\.planner|Kế hoạch|kế hoạch/);
  assert.doesNotMatch(account.page, /quản trị viên|VN-11\.administrator/);
  // And who has the claims but no account has nothing.
  const stranger = new Client();
  assert.equal((await stranger.signIn('chu.tich')).status, 403);
  assert.ok(!stranger.signedIn());
  await run(['user', 'unlink', 'Hoa', '--database', program.database]);
});

test('who has a second factor here is asked for it after the directory too', async () => {
  assert.equal(await linking('Hoa', 'hoa.quang'), '');
  const first = new Client();
  assert.equal((await first.signIn('hoa.quang')).status, 303);
  const account = await first.ask(`${site}/vi/account`);
  const begun = await post(first, `${site}/vi/account`, account.page, { do: 'begin' });
  const [, secret] = begun.page.match(/<code class="secret">([^<]+)/);
  const step = Math.floor(Date.now() / 30_000);
  const set = await post(first, `${site}/vi/account`, begun.page, { do: 'confirm', code: codeOf(secret, step) });
  const [recovery] = set.page.match(/[a-z2-7]{4}(-[a-z2-7]{4}){3}/);
  assert.equal((await first.ask(`${site}/vi/account`)).status, 303, 'all sessions ended');

  // The directory alone opens nothing now.
  const client = new Client();
  const asked = await client.signIn('hoa.quang');
  assert.ok(!client.signedIn());
  assert.match(asked.page, /name="code"/);
  assert.equal((await client.ask(`${site}/vi/account`)).status, 303);
  const challenge = asked.page.match(/name="challenge" value="([^"]+)"/)[1];
  const answer = (code) => client.ask(`${site}/vi/sign-in/code`, { challenge, next: '', code });
  // The code that set it up is used up; one of another moment is wrong.
  assert.equal((await answer(codeOf(secret, step))).status, 422);
  assert.equal((await answer(codeOf(secret, step - 100))).status, 422);
  assert.ok(!client.signedIn());
  assert.equal((await answer(recovery)).status, 303);
  assert.ok(client.signedIn());
  const inside = await client.ask(`${site}/vi/account`);
  assert.match(inside.page, /Còn 9 mã dự phòng/);
  assert.match(inside.page, /qua thư mục của tỉnh/);
  // The challenge is used up with it.
  assert.notEqual((await new Client().ask(`${site}/vi/sign-in/code`, { challenge, next: '', code: recovery })).status, 303);
  // The secret lies sealed: neither its letters nor its bytes stand in the database.
  const { readFile } = await import('node:fs/promises');
  const bits = [...secret.replaceAll(' ', '')].map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const plain = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  for (const file of [program.database, `${program.database}-wal`]) {
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    assert.ok(!bytes.includes(plain) && !bytes.includes(secret), file);
  }
});

test('neither the secret nor a token is said or kept in the clear', async () => {
  const said = program.said();
  for (const hidden of ['bi-mat-cua-may', 'lan.lo', 'mai.lu', PASSWORD]) assert.ok(!said.includes(hidden), hidden);
  const { readFile } = await import('node:fs/promises');
  for (const file of [program.database, `${program.database}-wal`]) {
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    assert.ok(!bytes.includes('bi-mat-cua-may') && !bytes.includes('eyJhbGciOi'), file);
  }
});
