// The device reads numbers and judges values as the server does: one table of cases, also run in Rust
// (crates/plan/src/report/form/cases.rs).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { check, pasted, read, show } from '../crates/web/assets/edits.mjs';

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

test('the column of values is found in what a sheet gives', () => {
  const cases = [
    ['12', [], null],
    ['1.412\r\n1400\r\n\r\n12,5\r\n', [], ['1.412', '1400', '', '12,5']],
    // Names, then values, then a remark.
    ['Hồ sơ\t1.412\tđủ\nĐúng hạn\t1400\t', [], ['1.412', '1400']],
    // A column that counts the rows is none.
    ['1\tHồ sơ\t30\n2\tĐúng hạn\t28', [], ['30', '28']],
    // Nor is one that repeats the last period, as in the form's own workbook.
    ['Hồ sơ\thồ sơ\t562\t570\nĐúng hạn\thồ sơ\t518\t520', ['562', '518'], ['570', '520']],
    // A heading says which, and is no value.
    ['Chỉ tiêu\tKỳ trước\tSố liệu\nHồ sơ\t562\t570\nĐúng hạn\t518\t', [], ['570', '']],
    ['Tháng này\n5\n6', [], ['5', '6']],
    // A formula and a word stay what they are, for the edits to tell.
    ['=SUM(A1)\n7', [], ['=SUM(A1)', '7']],
    ['không\t\ncó\t', [], ['không', 'có']],
  ];
  for (const [text, last, expected] of cases) assert.deepEqual(pasted(text, last), expected, JSON.stringify(text));
});
