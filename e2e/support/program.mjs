// Starts the real program on a fresh database and stops it again.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const program = process.env.RORANG ?? path.join(import.meta.dirname, '../../target/debug/rorang');

/** The running program: its address, its database, and how to end it. A free port, unless `at` names one. */
export async function start(options = [], { at = '127.0.0.1:0', env = {} } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'rorang-e2e-'));
  const database = path.join(folder, 'register.db');
  const child = spawn(program, ['serve', '--address', at, '--database', database, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LANG: 'en_US.UTF-8', ...env },
  });
  let said = '';
  const address = await new Promise((resolve, reject) => {
    const read = (chunk) => {
      said += chunk;
      const found = said.match(/http:\/\/[\d.:\w[\]]+/);
      if (found) resolve(found[0]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`rorang serve ended with ${code}:\n${said}`)));
  });
  return {
    address,
    database,
    said: () => said,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await ended;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Adds a planner to a running program's register, by the command that an operator uses. */
export async function addPlanner(running, name, password) {
  const child = spawn(program, ['user', 'add', name, '--role', 'planner', '--database', running.database, '--password-stdin'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => { said += chunk; });
  child.stderr.on('data', (chunk) => { said += chunk; });
  child.stdin.end(`${password}\n`);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`rorang user add ended with ${code}:\n${said}`);
}

/** Runs a command of the program to its end, and answers with what it said. */
export async function run(options, input = '') {
  const child = spawn(program, ['--lang', 'en', ...options], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  let troubles = '';
  child.stdout.on('data', (chunk) => { said += chunk; });
  child.stderr.on('data', (chunk) => { troubles += chunk; });
  child.stdin.end(input);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`rorang ${options.join(' ')} ended with ${code}:\n${said}${troubles}`);
  return said;
}

/** Makes people for every post of the example: [{ name, password, post, office, role }]. */
export async function demoUsers(running, perPost = 1) {
  const said = await run(['demo-users', '--database', running.database, '--per-post', `${perPost}`]);
  const rows = said.trim().split('\n').slice(1).map((line) => line.trim().split(','));
  return rows.map(([name, password, post]) => {
    const [office, role] = post.split('.');
    return { name, password, post, office, role };
  });
}
