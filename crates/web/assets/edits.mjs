// The edits of a report's form, as the server has them (crates/plan/src/report): reading typed numbers, hard and soft
// rules. Pure: no page, no clock. One table of cases holds both to the same answers.

const BLANK = "[\\s\\u00a0\\u202f\\u2009]";
const TRIM = new RegExp(`^${BLANK}+|${BLANK}+$`, "g");
const NOT = { no: "not-a-number" };

/** A decimal of any length: n · 10^-s. */
const dec = (text) => {
  const [, sign, whole, part = ""] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text);
  return { n: BigInt(whole + part) * (sign ? -1n : 1n), s: part.length };
};
const level = (a, b) => {
  const s = Math.max(a.s, b.s);
  return [a.n * 10n ** BigInt(s - a.s), b.n * 10n ** BigInt(s - b.s), s];
};
const less = (a, b) => { const [x, y] = level(a, b); return x < y; };
const add = (a, b) => { const [x, y, s] = level(a, b); return { n: x + y, s }; };
const sub = (a, b) => add(a, { n: -b.n, s: b.s });
const mul = (a, b) => ({ n: a.n * b.n, s: a.s + b.s });
const abs = (a) => (a.n < 0n ? { n: -a.n, s: a.s } : a);
const HUNDRED = { n: 100n, s: 0 };

/** As text, without zeros at the end. */
const text = ({ n, s }) => {
  const sign = n < 0n ? "-" : "";
  const digits = (n < 0n ? -n : n).toString().padStart(s + 1, "0");
  const cut = digits.length - s;
  const part = digits.slice(cut).replace(/0+$/, "");
  return (n === 0n ? "" : sign) + digits.slice(0, cut) + (part && `.${part}`);
};

const grouped = (body, mark) => {
  const groups = body.split(mark);
  return /^\d{1,3}$/.test(groups[0]) && groups.slice(1).every((group) => /^\d{3}$/.test(group)) ? groups.join("") : null;
};
const number = (sign, whole, part = "") =>
  whole !== null && /^\d+$/.test(whole) && /^\d*$/.test(part)
    ? { value: text(dec(sign + whole + (part && `.${part}`))) }
    : NOT;

/** Reads a typed number: { value } as a plain decimal, { no }, or { whole, fraction } where it can be read two ways. */
export function read(typed, decimals) {
  let body = typed.replace(TRIM, "").replace(/%$/, "").replace(TRIM, "");
  const sign = /^[-−]/.test(body) ? "-" : "";
  body = body.replace(/^[-−+]/, "");
  const groups = body.split(new RegExp(BLANK));
  if (groups.length > 1) {
    const rest = groups.slice(1);
    const proper = /^\d{1,3}$/.test(groups[0])
      && rest.every((group, at) => group.search(/[.,]|$/) === 3 && (at === rest.length - 1 || group.length === 3));
    if (!proper) return NOT;
    body = groups.join("");
  }
  if (!/^\d(?:[\d.,]*\d)?$/.test(body) || body.replace(/\D/g, "").length > 20) return NOT;
  const points = body.split(".").length - 1;
  const commas = body.split(",").length - 1;
  if (points + commas === 0) return number(sign, body);
  if (points + commas === 1) {
    const [before, after] = body.split(/[.,]/);
    if (after.length !== 3 || before.length > 3 || before.startsWith("0")) return number(sign, before, after);
    const whole = number(sign, before + after);
    return decimals === 0 ? whole : { whole: whole.value, fraction: number(sign, before, after).value };
  }
  if (points === 0 || commas === 0) return number(sign, grouped(body, points ? "." : ","));
  const at = Math.max(body.lastIndexOf("."), body.lastIndexOf(","));
  const mark = body[at];
  const before = body.slice(0, at);
  return before.includes(mark) ? NOT : number(sign, grouped(before, mark === "." ? "," : "."), body.slice(at + 1));
}

const MOST_DECIMALS = 6;
export const decimals = (item) => item.edits.find((edit) => edit.kind === "decimals")?.value ?? MOST_DECIMALS;

/**
 * What is wrong with typed texts, line by line: [{ indicator, code, soft, args }].
 * `form`: { items: [{ indicator, required, edits }], last: { indicator: decimal } }.
 */
export function check(form, texts, complete) {
  const findings = [];
  const values = {};
  const filled = {};
  for (const item of form.items) {
    const typed = texts[item.indicator] ?? "";
    if (typed.replace(TRIM, "") === "") continue;
    filled[item.indicator] = true;
    const found = read(typed, decimals(item));
    if (found.value !== undefined) values[item.indicator] = dec(found.value);
    else if (found.no) findings.push({ indicator: item.indicator, code: found.no, soft: false, args: { text: typed } });
    else findings.push({ indicator: item.indicator, code: "ambiguous", soft: false, args: found });
  }
  for (const item of form.items) {
    const { indicator } = item;
    const find = (code, args = {}, soft = false) => findings.push({ indicator, code, soft, args });
    const value = values[indicator];
    if (value === undefined) {
      if (complete && item.required && !filled[indicator]) find("missing");
      continue;
    }
    for (const edit of item.edits) {
      switch (edit.kind) {
        case "at-least":
          if (less(value, dec(edit.value))) find("below", { least: edit.value });
          break;
        case "at-most":
          if (less(dec(edit.value), value)) find("above", { most: edit.value });
          break;
        case "decimals":
          if ((text(value).split(".")[1] ?? "").length > edit.value) find("too-precise", { digits: `${edit.value}` });
          break;
        case "not-more-than": {
          const limit = values[edit.whole];
          if (limit && less(limit, value)) find("more-than", { whole: edit.whole, limit: text(limit) });
          break;
        }
        case "parts-not-more-than": {
          const parts = edit.with.map((code) => values[code]);
          const limit = values[edit.whole];
          if (!limit || parts.includes(undefined)) break;
          const sum = parts.reduce(add, value);
          if (less(limit, sum)) find("parts-more-than", { sum: text(sum), whole: edit.whole, limit: text(limit) });
          break;
        }
        case "near-last": {
          const told = form.last[indicator];
          if (told === undefined) break;
          const last = dec(told);
          const change = abs(sub(value, last));
          if (last.n === 0n) {
            if (change.n !== 0n) find("far-from-last", { last: told, per_cent: "100" }, true);
            break;
          }
          const hundredfold = mul(change, HUNDRED);
          if (less(mul(dec(edit.value), abs(last)), hundredfold)) {
            const [top, bottom] = level(hundredfold, abs(last));
            const tenths = (top * 20n + bottom) / (bottom * 2n);
            find("far-from-last", { last: text(last), per_cent: text({ n: tenths, s: 1 }) }, true);
          }
          break;
        }
      }
    }
  }
  const place = (code) => form.items.findIndex((item) => item.indicator === code);
  findings.sort((a, b) => place(a.indicator) - place(b.indicator));
  for (const indicator of Object.keys(texts)) {
    if (place(indicator) < 0 && texts[indicator].replace(TRIM, "") !== "") {
      findings.push({ indicator, code: "not-asked", soft: false, args: {} });
    }
  }
  return findings;
}

/** A plain decimal as people write it: 12.345,6 in Vietnamese, 12,345.6 in English. */
export function show(plain, language) {
  const [whole, part] = plain.split(".");
  const [thousand, mark] = language === "vi" ? [".", ","] : [",", "."];
  return whole.replace(/\B(?=(\d{3})+$)/g, thousand) + (part ? mark + part : "");
}

const HEADINGS = new Set(["số liệu", "giá trị", "value", "values"]);

/**
 * The cells of a pasted table that hold the values: of several columns the one headed so; else the first with numbers that
 * neither counts the rows nor repeats the last period (`last`: its values for the lines from there on, as texts). A heading
 * is left out. Nothing where the text is one cell.
 */
export function pasted(text, last = []) {
  const rows = text.replace(/\r/g, "").replace(/\n$/, "").split("\n").map((row) => row.split("\t").map((cell) => cell.trim()));
  if (rows.length === 1 && rows[0].length === 1) return null;
  const isNumber = (cell) => cell !== undefined && cell !== "" && !read(cell, MOST_DECIMALS).no;
  const columns = [...Array(Math.max(...rows.map((row) => row.length))).keys()];
  const cells = (column) => {
    const all = rows.map((row) => row[column] ?? "");
    const isHeaded = all[0] !== "" && !/\d/.test(all[0]) && all.slice(1).some(isNumber);
    return isHeaded ? all.slice(1) : all;
  };
  const headed = columns.find((column) => HEADINGS.has((rows[0][column] ?? "").toLowerCase()));
  if (headed !== undefined && rows.length > 1) return rows.slice(1).map((row) => row[headed] ?? "");
  const numbers = columns.filter((column) => cells(column).some(isNumber));
  const counts = (column) => cells(column).length > 1 && cells(column).every((cell, row) => cell === `${row + 1}`);
  const repeats = (column) => last.length > 0 && cells(column).every((cell, row) => {
    if (cell === "" || row >= last.length) return true;
    const { value, whole, fraction } = read(cell, MOST_DECIMALS);
    return last[row] !== undefined && [value, whole, fraction].includes(last[row]);
  });
  const chosen = numbers.find((column) => !counts(column) && !repeats(column)) ?? numbers[0] ?? 0;
  return cells(chosen);
}
