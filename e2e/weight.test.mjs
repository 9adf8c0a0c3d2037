// What a first visit to the home page costs, compressed, fonts and map aside.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { request } from 'node:http';
import { start } from './support/program.mjs';

const LIMIT = 60 * 1024;

let program;
before(async () => {
  program = await start();
});
after(() => program?.stop());

/** Bytes on the wire of one answer, as a browser would ask for it. */
function weigh(url) {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { 'accept-encoding': 'br, zstd, gzip', accept: '*/*' } }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({
        bytes: Buffer.concat(chunks).length,
        encoding: response.headers['content-encoding'] ?? 'none',
        type: response.headers['content-type'] ?? '',
      }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

for (const language of ['vi', 'en']) {
  test(`the home page in ${language} and what it needs weigh at most 60 KB`, async () => {
    const home = `${program.address}/${language}`;
    const page = await weigh(home);
    assert.notEqual(page.encoding, 'none', 'the page is not compressed');
    const body = await (await fetch(home)).text();
    const linked = [...body.matchAll(/<(?:link|script|img)\b[^>]*?\b(?:href|src)="([^"]+)"[^>]*>/g)]
      .filter(([tag]) => !tag.includes('rel="alternate"') && !tag.includes('rel="canonical"'))
      .map(([, address]) => new URL(address, home).href)
      .filter((address) => address.startsWith(program.address) && !/\.woff2?$|map/.test(address));
    let total = page.bytes;
    const parts = [`page ${page.bytes}`];
    for (const address of new Set(linked)) {
      const part = await weigh(address);
      total += part.bytes;
      parts.push(`${new URL(address).pathname} ${part.bytes}`);
    }
    console.log(`home ${language}: ${total} bytes (${parts.join(', ')})`);
    assert.ok(total <= LIMIT, parts.join('\n'));
  });
}
