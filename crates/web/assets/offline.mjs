// The page that works without the net: the open forms of the person, each line saved on the device as it is typed, what
// waits, what was sent, what was refused. The same rules as on the server (edits.mjs); the server decides in the end.

import { check, show } from "./edits.mjs";
import { all, makeRoom, note } from "./kept.mjs";
import { add, drop, key, unsent } from "./queue.mjs";
import { CLOCK_MS, keepSending, refresh, wakeLater } from "./sync.mjs";

const language = document.documentElement.lang;
const words = document.getElementById("words").dataset;
const main = document.getElementById("forms");
const TYPING_MS = 500;
const AGAIN_MS = 5_000;

/** A message with its arguments in place. */
const say = (name, args = {}) =>
  Object.entries(args).reduce((text, [word, value]) => text.replaceAll(`{${word}}`, value), words[name] ?? name);

/** An element with attributes and children; text is text, never markup. */
const el = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return made;
};

const moment = (ms) => new Intl.DateTimeFormat(language, { dateStyle: "short", timeStyle: "short" }).format(ms);

// ---- what is known

let forms = [];
let operations = [];
let person = {};
let ended = "";

const look = async () => {
  [forms, operations] = [await all("forms"), await all("operations")];
  person = { user: await note("user"), name: await note("person"), clock: await note("clock") };
};

const of = (place) => operations.filter((one) => one.place === place);
const waiting = () => operations.filter((one) => one.state === "waiting");

/** The texts of a form as the person sees them: what the server has, and over it what was typed here. */
const texts = (kept) => {
  const typed = { ...kept.form.values };
  const explained = { ...kept.form.explanations };
  for (const one of of(kept.key)) {
    if (one.kind !== "save" || one.conflict) continue;
    if (one.text !== undefined) typed[one.line] = one.text;
    if (one.explanation !== undefined) explained[one.line] = one.explanation;
  }
  for (const { form, user, line, text, explanation } of unkept.values()) {
    if (key(user, form) !== kept.key) continue;
    if (text !== undefined) typed[line] = text;
    if (explanation !== undefined) explained[line] = explanation;
  }
  return { typed, explained };
};

// ---- the lines of a form

const states = (kept, line) => {
  if ([...unkept.values()].some((act) => act.line === line && key(act.user, act.form) === kept.key)) return say("lineNotKept");
  const last = of(kept.key).filter((one) => one.line === line && one.kind === "save").at(-1);
  if (!last) return "";
  if (last.state === "refused") return say("lineRefused");
  return say(last.state === "sent" ? "lineSent" : "lineWaiting");
};

const finding = ({ code, args, soft }, kept) => {
  const name = (indicator) => kept.form.items.find((item) => item.indicator === indicator)?.name ?? indicator;
  const told = Object.fromEntries(Object.entries(args).map(([word, value]) => {
    if (word === "whole" && code !== "ambiguous") return [word, name(value)];
    return [word, /^-?\d+(\.\d+)?$/.test(value) ? show(value, language) : value];
  }));
  return el("li", { class: soft ? "soft" : "wrong" }, say(`find-${code}`.replace(/-(\w)/g, (_, letter) => letter.toUpperCase()), told));
};

function line(kept, item) {
  const id = `line-${item.indicator.replaceAll(".", "-")}`;
  const { typed, explained } = texts(kept);
  const input = el("input", {
    id, inputmode: "decimal", autocomplete: "off", maxlength: 40, value: typed[item.indicator] ?? "",
    "aria-describedby": `${id}-hint ${id}-state ${id}-found`, readonly: locked(kept),
  });
  const explain = el("textarea", { id: `${id}-why`, maxlength: 1000, rows: 2 });
  explain.value = explained[item.indicator] ?? "";
  const why = el("div", { class: "field", hidden: true }, el("label", { for: `${id}-why` }, say("explain")), explain);
  const state = el("p", { class: "hint", id: `${id}-state`, "data-state": item.indicator }, states(kept, item.indicator));
  const found = el("ul", { class: "found", id: `${id}-found` });
  const last = kept.form.last[item.indicator];

  const judge = () => {
    const { typed } = texts(kept);
    const here = check(kept.form, { ...typed, [item.indicator]: input.value }, false).filter((one) => one.indicator === item.indicator);
    found.replaceChildren(...here.map((one) => finding(one, kept)));
    input.toggleAttribute("aria-invalid", false);
    if (here.some((one) => !one.soft)) input.setAttribute("aria-invalid", "true");
    why.hidden = !here.some((one) => one.soft);
  };
  // One save of a field after the other, each of what is new since the last.
  const saving = (field, element) => {
    let known = element.value.trim();
    let last = Promise.resolve();
    const save = async () => {
      const typed = element.value.trim();
      if (typed === known) return;
      known = typed;
      await keep({ user: kept.user, form: { regime: kept.form.regime, period: kept.form.period, office: kept.form.office },
        kind: "save", line: item.indicator, [field]: typed }, state);
      judge();
    };
    return () => (last = last.catch(() => {}).then(save));
  };
  for (const [field, element] of [["text", input], ["explanation", explain]]) {
    const now = saving(field, element);
    let timer;
    element.addEventListener("input", () => { judge(); state.textContent = say("lineTyping"); clearTimeout(timer); timer = setTimeout(now, TYPING_MS); });
    element.addEventListener("change", () => { clearTimeout(timer); now(); });
    pending.push(now);
  }
  const rivals = kept.form.conflicts?.find((one) => one.indicator === item.indicator);
  judge();
  return el("div", { class: "field typed-line" },
    el("label", { for: id }, item.name, " ", el("small", {}, item.unit, item.required ? "" : ` · ${say("optional")}`)),
    el("p", { class: "hint", id: `${id}-hint` }, last === undefined ? say("noLast") : say("last", { value: show(last, language) })),
    input, state, found, rivals && clash(kept, item, rivals), why);
}

/** Saves of every line that is shown, for the moment in which the page goes away or is painted anew. */
const pending = [];
const saveAll = () => Promise.all(pending.map((save) => save()));

/** Two people typed into the same line: both values, and a button for each. */
function clash(kept, item, rivals) {
  const choices = [rivals.text, ...rivals.rivals.map((one) => one.text)];
  const pick = (text) => async () => {
    await keep({ user: kept.user, form: { regime: kept.form.regime, period: kept.form.period, office: kept.form.office },
      kind: "save", line: item.indicator, text }, undefined, { fold: false });
    await paint();
  };
  return el("div", { class: "notice problem", role: "group", "aria-label": say("clash") },
    el("p", {}, say("clash")),
    el("p", { class: "actions" }, ...choices.map((text) =>
      el("button", { type: "button", class: "plain", onclick: pick(text) }, say("clashPick", { value: text || say("blank") })))));
}

const locked = (kept) => Boolean(kept.gone || kept.form.lock);

/** What the device could not take in: it stays on the page, and is tried again. */
const unkept = new Map();
const unkeptKey = (act) => `${key(act.user, act.form)} ${act.line} ${act.text === undefined ? "explanation" : "text"}`;

/** Adds to the queue; where the device is full, what the server has already makes room first. */
const adding = (act, options) => add(act, options).catch(async (error) => {
  if (error?.name !== "QuotaExceededError") throw error;
  await makeRoom();
  return add(act, options);
});

/** Tries again what the device could not take in. */
async function again() {
  for (const [name, act] of [...unkept]) {
    try {
      await adding(act);
      if (unkept.get(name) === act) unkept.delete(name);
    } catch { break; }
  }
  document.getElementById("trouble").hidden = unkept.size === 0;
  if (unkept.size > 0) againSoon();
  else for (const state of document.querySelectorAll("[data-state]")) if (chosen()) state.textContent = states(chosen(), state.dataset.state);
}

let trying;
const againSoon = () => { clearTimeout(trying); trying = setTimeout(async () => { await again(); await look(); tell(); sendSoon(); }, AGAIN_MS); };

/** Keeps what was done on the device, and only then says so. */
async function keep(act, state, options) {
  const name = unkeptKey(act);
  try {
    await adding(act, options);
  } catch (error) {
    const full = error?.name === "QuotaExceededError";
    if (act.kind === "save") unkept.set(name, act);
    if (state) state.textContent = say("lineNotKept");
    document.getElementById("trouble").textContent = say(full ? "full" : "notKept");
    document.getElementById("trouble").hidden = false;
    againSoon();
    return;
  }
  unkept.delete(name);
  await again();
  await look();
  if (state) state.textContent = say("lineWaiting");
  tell();
  navigator.storage?.persist?.();
  wakeLater();
  sendSoon();
}

let sending;
const sendSoon = () => { clearTimeout(sending); sending = setTimeout(now, 1_000); };

// ---- the page

function chosen() {
  const place = decodeURIComponent(location.hash.slice(1));
  return forms.find((kept) => kept.key === place && kept.user === person.user);
}

const title = (form) => `${form.title} · ${form.period_name}`;

function list() {
  const mine = forms.filter((kept) => kept.user === person.user);
  // What is due first stands first; what is locked stands last.
  mine.sort((a, b) => locked(a) - locked(b) || a.form.due.localeCompare(b.form.due) || a.key.localeCompare(b.key));
  if (mine.length === 0) return el("p", { class: "empty" }, say(person.user ? "noForms" : "noPerson"));
  return el("ul", { class: "open-forms" }, ...mine.map((kept) => {
    const waits = of(kept.key).filter((one) => one.state === "waiting").length;
    return el("li", {},
      el("a", { href: `#${encodeURIComponent(kept.key)}` }, title(kept.form)),
      el("p", { class: "hint" }, kept.form.office_name, " · ", say("due", { day: kept.form.due_text }),
        kept.gone ? ` · ${say("gone")}` : kept.form.lock ? ` · ${kept.form.lock.text}` : "",
        waits ? ` · ${say("waits", { count: waits })}` : ""));
  }));
}

function sheet(kept) {
  pending.length = 0;
  const { form } = kept;
  const submitted = of(kept.key).some((one) => one.kind === "submit" && one.state === "waiting");
  const missing = el("ul", { class: "found", id: "missing" });
  const submit = async () => {
    await saveAll();
    // The server may have told more since this sheet was painted.
    await look();
    const { typed, explained } = texts(chosen() ?? kept);
    const wanting = check(form, typed, true).filter((one) => !(one.soft && explained[one.indicator]));
    missing.replaceChildren(...wanting.map((one) => {
      const item = form.items.find((item) => item.indicator === one.indicator);
      const told = finding(one, kept);
      told.prepend(el("a", { href: `#line-${one.indicator.replaceAll(".", "-")}`, onclick: (event) => {
        event.preventDefault();
        document.getElementById(`line-${one.indicator.replaceAll(".", "-")}`)?.focus();
      } }, item?.name ?? one.indicator), ": ");
      return told;
    }));
    if (wanting.length > 0) { missing.querySelector("a").focus(); return; }
    await keep({ user: kept.user, form: { regime: form.regime, period: form.period, office: form.office }, kind: "submit" }, undefined, { fold: false });
    await paint();
  };
  return el("section", { "aria-labelledby": "sheet" },
    el("p", {}, el("a", { href: "#" }, say("back"))),
    el("h2", { id: "sheet", tabindex: "-1" }, title(form)),
    el("p", { class: "hint" }, form.office_name, " · ", say("due", { day: form.due_text })),
    kept.gone ? el("p", { class: "notice problem" }, say("goneText")) : form.lock && el("p", { class: "notice" }, form.lock.text),
    ...form.items.map((item) => line(kept, item)),
    !locked(kept) && el("div", {}, missing,
      submitted ? el("p", { class: "notice" }, say("submitWaits")) : el("p", { class: "actions" }, el("button", { type: "button", onclick: submit }, say("submit")))));
}

function outbox() {
  const mine = operations.filter((one) => one.user === person.user);
  const others = new Set(operations.filter((one) => one.user !== person.user && one.state !== "sent").map((one) => one.user)).size;
  const name = (one) => {
    const form = forms.find((kept) => kept.key === one.place)?.form;
    const item = form?.items.find((item) => item.indicator === one.line);
    const where = form ? title(form) : `${one.form.regime} ${one.form.period}`;
    return one.kind === "submit" ? `${where}: ${say("submit")}` : `${where}: ${item?.name ?? one.line} = ${one.text ?? one.explanation}`;
  };
  const rows = (state, more) => mine.filter((one) => one.state === state).reverse().map((one) => el("li", {}, name(one), ...more(one)));
  const refused = rows("refused", (one) => [
    el("p", { class: "wrong" }, one.code === "held" ? say("held") : one.reason, one.way ? ` ${one.way}` : ""),
    el("p", { class: "actions" }, el("button", { type: "button", class: "plain", onclick: async () => { if (confirm(say("dropSure", { what: name(one) }))) { await drop(one.order); await paint(); } } }, say("drop")))]);
  const part = (heading, items) => items.length > 0 && el("section", {}, el("h3", {}, say(heading, { count: items.length })), el("ul", { class: "outbox" }, ...items));
  return el("section", { "aria-labelledby": "outbox" },
    el("h2", { id: "outbox" }, say("outbox")),
    part("refused", refused),
    part("waiting", rows("waiting", (one) => [el("small", {}, ` ${moment(one.typedAt)}`)])),
    part("sent", rows("sent", (one) => [el("small", {}, ` ${moment(one.sentAt)}${one.conflict ? ` · ${say("clashed")}` : ""}`)])),
    others > 0 && el("p", { class: "notice" }, say("others", { count: others })),
    el("p", { class: "actions" },
      el("button", { type: "button", onclick: () => now() }, say("sendNow")),
      el("button", { type: "button", class: "plain", onclick: save }, say("export"))));
}

/** Everything that was typed here, as a table that a spreadsheet opens: for the case that it cannot be sent any more. */
async function save() {
  const mine = (await all("operations")).filter((one) => one.user === person.user);
  // A sheet must not take a text for a formula.
  const cell = (text) => `"${String(text ?? "").replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
  const rows = mine.map((one) => [one.form.regime, one.form.period, one.form.office, one.line, one.text, one.explanation, one.state, new Date(one.typedAt).toISOString(), one.operation]);
  const table = [["regime", "period", "office", "indicator", "value", "explanation", "state", "typed_at", "operation"], ...rows];
  const text = `\uFEFF${table.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
  const link = el("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv" })), download: `rorang-${new Date().toISOString().slice(0, 10)}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The line that says how things stand. */
function tell() {
  const count = waiting().filter((one) => one.user === person.user).length;
  const net = navigator.onLine === false || ended === "offline" ? "offline" : "online";
  const told = [say(net), count > 0 ? say("waits", { count }) : say("nothingWaits")];
  document.getElementById("how").textContent = told.join(" ");
  document.getElementById("who").textContent = person.name ? say("who", { name: person.name }) : "";
  const enter = document.getElementById("enter");
  enter.hidden = ended !== "sign-in";
  const clock = document.getElementById("clock");
  clock.hidden = !(Math.abs(person.clock ?? 0) > CLOCK_MS);
  clock.textContent = say("clock", { minutes: Math.round(Math.abs(person.clock ?? 0) / 60_000) });
  for (const state of document.querySelectorAll("[data-state]")) {
    const kept = chosen();
    if (kept && state.textContent !== say("lineTyping")) state.textContent = states(kept, state.dataset.state);
  }
}

// A button that is painted anew between press and release never gets its click: painting waits for the release.
const CLICK_MS = 50;
const HELD_MS = 2_000;
let pressed = false;
let held;
let released = [];
const release = () => {
  clearTimeout(held);
  pressed = false;
  for (const go of released.splice(0)) go();
};
addEventListener("pointerdown", () => { pressed = true; clearTimeout(held); held = setTimeout(release, HELD_MS); }, true);
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(release, CLICK_MS), true);

/** Paints anew, unless somebody is typing: then only what stands beside, and the rest when the typing ends. */
async function paint() {
  do {
    if (pressed) await new Promise((go) => released.push(go));
    if (!typing()) await saveAll();
    await look();
  } while (pressed);
  tell();
  const kept = chosen();
  owed = Boolean(kept) && typing();
  if (!owed) main.replaceChildren(kept ? sheet(kept) : list());
  document.getElementById("box").replaceChildren(outbox());
  document.title = kept ? title(kept.form) : words.title;
}

const field = (element) => Boolean(element) && main.contains(element) && element.matches("input, textarea");
const typing = () => field(document.activeElement);
let owed = false;
main.addEventListener("focusout", ({ relatedTarget }) => { if (owed && !field(relatedTarget)) paint(); });

const now = keepSending(language, async (end) => {
  ended = end;
  if (unkept.size > 0) await again();
  await paint();
});
addEventListener("hashchange", async () => {
  document.activeElement?.blur?.();
  await paint();
  (document.getElementById("sheet") ?? document.getElementById("main")).focus();
});
addEventListener("offline", tell);
// The page may go away without another word: what is half typed is kept now.
const away = () => { saveAll(); };
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") away(); });
addEventListener("pagehide", away);
// What is on the page alone would go with it: the browser asks first.
addEventListener("beforeunload", (event) => { if (unkept.size > 0) event.preventDefault(); });
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js", { type: "module", scope: "/" }).catch(() => {});

await paint();
ended = await refresh(language);
await paint();
if ((await unsent()).length > 0) await now();
