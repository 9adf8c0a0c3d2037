// Comforts of a report's form; everything works without this file. Moves by Enter and arrows, pastes a column from a
// spreadsheet, judges at once, asks where a number can be read two ways, and saves as one goes.
import { check, pasted, show } from "./edits.mjs";

const form = document.getElementById("report-form");
const data = JSON.parse(form.dataset.form);
const words = JSON.parse(form.dataset.words);
const language = document.documentElement.lang;
const state = document.getElementById("save-state");
const lines = [...form.querySelectorAll(".line")].map((line) => ({
  code: line.dataset.line,
  input: line.querySelector("input"),
  why: line.querySelector("textarea"),
  details: line.querySelector("details"),
  told: line.querySelector(".told"),
}));
const items = new Map(data.items.map((item) => [item.indicator, item]));
const plain = /^-?\d+(\.\d+)?$/;

const say = (finding) => {
  const argument = (name) => {
    const text = finding.args[name] ?? "";
    if (name === "whole" && finding.code !== "ambiguous") return items.get(text)?.name ?? text;
    return name !== "text" && plain.test(text) ? show(text, language) : text;
  };
  return words.findings[finding.code].replace(/\{(\w+)\}/g, (_, name) => argument(name));
};

const texts = () => Object.fromEntries(lines.map((line) => [line.code, line.input.value]));

/** Shows what is wrong, line by line; where a number is in doubt, two buttons settle it. */
function judge() {
  const findings = check(data, texts(), false);
  for (const line of lines) {
    const own = findings.filter((finding) => finding.indicator === line.code);
    line.told.replaceChildren(...own.map((finding) => {
      const told = document.createElement("p");
      told.className = finding.soft ? "soft" : "wrong";
      told.textContent = say(finding);
      if (finding.code === "ambiguous") {
        told.textContent = `${words.which} `;
        for (const value of [finding.args.whole, finding.args.fraction]) told.append(pick(line, value), " ");
      }
      return told;
    }));
    if (own.some((finding) => !finding.soft)) line.input.setAttribute("aria-invalid", "true");
    else line.input.removeAttribute("aria-invalid");
    if (own.some((finding) => finding.soft)) line.details.open = true;
  }
}

/** A value that no reader takes for another: a fraction of three digits gets a zero more. */
const certain = (value) => {
  const [whole, part] = value.split(".");
  return part ? `${whole},${part.length === 3 ? `${part}0` : part}` : whole;
};

function pick(line, value) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain pick";
  button.textContent = show(value, language);
  button.addEventListener("click", () => {
    line.input.value = certain(value);
    line.input.focus();
    touched(line.input.name);
  });
  return button;
}

// Saving: what was touched since the last save, one request at a time, again after a failure.
const dirty = new Set();
let timer;
let busy = false;
let seen = form.elements.seen.value;

function touched(name) {
  dirty.add(name);
  judge();
  clearTimeout(timer);
  timer = setTimeout(save, 900);
}

async function save() {
  clearTimeout(timer);
  if (busy || dirty.size === 0) return;
  busy = true;
  const names = [...dirty];
  dirty.clear();
  state.textContent = words.saving;
  const body = new URLSearchParams({ csrf: form.elements.csrf.value, seen });
  for (const name of names) body.set(name, form.elements[name].value);
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { accept: "application/json" } });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.problems.join(" "));
    seen = form.elements.seen.value = told.version;
    state.textContent = told.conflicts.length > 0 ? words.conflict : words.saved;
    if (dirty.size > 0) timer = setTimeout(save, 900);
  } catch (error) {
    for (const name of names) dirty.add(name);
    state.textContent = `${words.failed} ${error instanceof TypeError || error instanceof SyntaxError ? "" : error.message}`;
    timer = setTimeout(save, 15000);
  }
  busy = false;
}

form.addEventListener("input", (event) => touched(event.target.name));
form.addEventListener("change", () => save());
addEventListener("pagehide", () => {
  if (dirty.size === 0) return;
  const body = new URLSearchParams({ csrf: form.elements.csrf.value, seen });
  for (const name of dirty) body.set(name, form.elements[name].value);
  navigator.sendBeacon(form.action, body);
});

// Enter and the arrows go from line to line; Enter never sends the form by accident.
form.addEventListener("keydown", (event) => {
  const at = lines.findIndex((line) => line.input === event.target);
  if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const next = lines[at + step]?.input ?? (step > 0 ? form.querySelector("#send button") : event.target);
  next.focus();
  next.select?.();
});

// A column of a spreadsheet fills the lines from here on. An empty cell leaves its line as it is, and what has no line left
// is told: nothing is dropped without a word.
const leftOver = document.createElement("p");
leftOver.className = "soft";
leftOver.setAttribute("role", "status");
state.after(leftOver);
form.addEventListener("paste", (event) => {
  const at = lines.findIndex((line) => line.input === event.target);
  if (at < 0) return;
  const last = lines.slice(at).map((line) => data.last[line.code]);
  const cells = pasted(event.clipboardData.getData("text"), last);
  if (cells === null) return;
  event.preventDefault();
  const into = lines.slice(at, at + cells.length).filter((line, row) => {
    if (cells[row] === "") return false;
    line.input.value = cells[row];
    dirty.add(line.input.name);
    return true;
  });
  judge();
  save();
  state.textContent = words.pasted.replace("{count}", into.length);
  const rest = cells.slice(lines.length - at).filter((cell) => cell !== "");
  leftOver.textContent = rest.length === 0 ? "" : words.leftOver.replace("{cells}", rest.join("; "));
});

for (const button of form.querySelectorAll(".pick[data-text]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const line = lines.find((one) => button.closest(".line").dataset.line === one.code);
    line.input.value = button.dataset.text;
    touched(line.input.name);
    button.closest("p").remove();
  });
}
judge();
