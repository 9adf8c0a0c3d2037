// What was done on this device and waits to be sent: one line of a form at a time, each under a name of its own, so that
// sending it again records it once. Knows no page.
//
// An operation is `waiting` until the server answers, then `sent` (shown for a while) or `refused` (kept until the person
// has seen it). What was sent once is never changed: the link may have lost the answer only.

import { all, change } from "./kept.mjs";

/** At most so many go in one request: a slow link shall get through. */
const TOGETHER = 25;
/** So many answered ones stay to be shown. */
const SHOWN = 30;

/** 128 bits by chance. */
export const name = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export const key = (user, { regime, period, office }) => [user, regime, period, office].join(" ");

/**
 * Keeps what a person did. `act`: { user, form: { regime, period, office }, kind: "save", line, text, explanation } or
 * { user, form, kind: "submit" }. The answer comes when it is on the device's disk: only then may a page say so.
 *
 * What the same person types into the same line before anything was sent takes the place of what stood there.
 */
export const add = (act, { fold = true } = {}) =>
  change(["forms", "operations"], async ({ forms, operations }) => {
    const place = key(act.user, act.form);
    const form = await forms.get(place);
    const before = (await operations.all()).filter((one) =>
      one.place === place && one.kind === "save" && act.kind === "save" && one.line === act.line && one.state === "waiting");
    const same = before.at(-1);
    if (fold && same && same.tries === 0) {
      await operations.put({ ...same, ...act, typedAt: Date.now() });
      return same.order;
    }
    return operations.put({
      ...act, place, operation: name(), state: "waiting", tries: 0, typedAt: Date.now(), base: form?.version ?? 0,
    });
  });

/** What goes next: at most one operation a line, in the order in which they were done, each with the version it saw. */
const next = (user) =>
  change(["forms", "operations"], async ({ forms, operations }) => {
    const batch = [];
    const taken = new Set();
    const held = new Map();
    for (const one of await operations.all()) {
      if (one.user !== user || one.state === "sent") continue;
      const what = one.kind === "save" ? `${one.place} ${one.line}` : one.place;
      if (one.state === "refused") {
        held.set(one.place, "refused");
        continue;
      }
      if (one.kind === "submit" && held.get(one.place) === "refused") {
        // Something typed before was not taken: the report would go without it.
        await operations.put({ ...one, state: "refused", code: "held", reason: "" });
        continue;
      }
      // Sending the report waits for all its lines; each line for what was typed there before.
      const waits = one.kind === "submit" ? held.has(one.place) : taken.has(what) || held.get(one.place) === "submit";
      held.set(one.place, one.kind === "submit" ? "submit" : (held.get(one.place) ?? "save"));
      taken.add(what);
      if (waits || batch.length === TOGETHER) continue;
      const form = await forms.get(one.place);
      // The person saw the form as it was then, and what was typed on this device into the line since.
      const own = one.kind === "submit" ? form?.own : form?.bases?.[one.line];
      const seen = one.seen ?? Math.max(own ?? 0, one.base);
      const tried = { ...one, seen, tries: one.tries + 1 };
      await operations.put(tried);
      batch.push(tried);
    }
    return batch;
  });

/** Takes the answers in: { operation, state: "done", version, conflicts } or { operation, state: "refused", code, reason, way }. */
const settle = (batch, answers) =>
  change(["forms", "operations"], async ({ forms, operations }) => {
    const by = new Map(answers.map((answer) => [answer.operation, answer]));
    let stale = false;
    let settled = 0;
    for (const one of batch) {
      const answer = by.get(one.operation);
      if (!answer || answer.state === "later") continue;
      settled += 1;
      if (answer.state !== "done") {
        await operations.put({ ...one, state: "refused", code: answer.code, reason: answer.reason, way: answer.way });
        stale = true;
        continue;
      }
      const form = await forms.get(one.place);
      const conflict = (answer.conflicts ?? []).includes(one.line);
      // What others typed meanwhile is on the server only.
      stale = true;
      if (form) {
        const bases = { ...form.bases };
        if (one.kind === "save" && !conflict) bases[one.line] = answer.version;
        await forms.put({ ...form, bases, own: Math.max(form.own ?? 0, answer.version) });
      }
      await operations.put({ ...one, state: "sent", conflict, version: answer.version, sentAt: Date.now() });
    }
    const sent = (await operations.all()).filter((one) => one.state === "sent");
    for (const old of sent.slice(0, Math.max(0, sent.length - SHOWN))) await operations.remove(old.order);
    return { stale, settled };
  });

/**
 * Sends what waits of `user`, until nothing waits or it cannot go on. `post(operations)` asks the server and answers
 * { status, answers }. Ends with "done", "offline", "sign-in", "busy"; `stale`: a form has to be fetched again.
 */
export async function send(user, post) {
  let stale = false;
  for (;;) {
    const batch = await next(user);
    if (batch.length === 0) return { end: "done", stale };
    let answer;
    try {
      answer = await post(batch.map(wire));
    } catch {
      return { end: "offline", stale };
    }
    if (answer.status === 401) return { end: "sign-in", stale };
    if (answer.status !== 200) return { end: "busy", stale };
    const settled = await settle(batch, answer.answers);
    stale ||= settled.stale;
    if (settled.settled === 0) return { end: "busy", stale };
  }
}

const wire = ({ operation, kind, form, line, text, explanation, seen, typedAt }) =>
  ({ operation, kind, ...form, line, text, explanation, seen, typed_at: new Date(typedAt).toISOString() });

/** The person has seen that it was refused, and lets go of it. */
export const drop = (order) => change(["operations"], ({ operations }) => operations.remove(order));

/** Everything that waits or was refused, of everybody. */
export const unsent = async () => (await all("operations")).filter((one) => one.state !== "sent");
