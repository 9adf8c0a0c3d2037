// The device reads numbers and judges values as the server does: one table of cases, also run in Rust
// (crates/plan/src/report/form/cases.rs).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { check, read, show } from '../crates/web/assets/edits.mjs';

const table = JSON.parse(readFileSync(new URL('../crates/plan/test_data/report_cases.json', import.meta.url), 'utf8'));

test('numbers are read alike', () => {
  for (const { text, decimals, expected } of table.numbers) {
    const found = read(text, decimals);
    const told = found.value ?? (found.no ? 'no' : `${found.whole}|${found.fraction}`);
    assert.equal(told, expected, JSON.stringify(text));
  }
});

for (const { name, texts, complete, expected, last } of table.cases) {
  test(`findings: ${name}`, () => {
    assert.deepEqual(check({ items: table.items, last: last ?? table.last }, texts, complete), expected);
  });
}

test('numbers are shown with the marks of the language', () => {
  assert.equal(show('1234567.5', 'vi'), '1.234.567,5');
  assert.equal(show('-1234', 'en'), '-1,234');
  assert.equal(show('0.25', 'vi'), '0,25');
});
