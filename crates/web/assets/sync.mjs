// The device and the server: fetches the open forms, sends what waits, tries again later and later while the link is down.

import { change, leave, note } from "./kept.mjs";
import { key, send, unsent } from "./queue.mjs";

const FIRST_MS = 2_000;
const LONGEST_MS = 300_000;
/** A device whose clock is further from the server's than this is told so. */
export const CLOCK_MS = 5 * 60_000;

const ask = async (path, options = {}) => {
  const stop = AbortSignal.timeout(30_000);
  return fetch(path, { cache: "no-store", credentials: "same-origin", redirect: "error", signal: stop, ...options });
};

/** Fetches the person, the session's token and the open forms, and keeps them. Ends with "done", "sign-in" or "offline". */
export async function refresh(language) {
  let answer, told;
  const left = await note("left");
  try {
    answer = await ask(`/sync/forms?lang=${language}`);
    if (answer.status === 401) return "sign-in";
    if (answer.status !== 200) return "offline";
    told = await answer.json();
  } catch {
    return "offline";
  }
  const off = Math.round(Date.now() - Date.parse(told.now));
  const gone = await change(["forms", "operations", "notes"], async ({ forms, operations, notes }) => {
    const since = (await notes.get("left"))?.value;
    if (since?.times !== left?.times || (since?.token && since.token === told.csrf)) return true;
    const kept = new Map((await forms.all()).map((form) => [form.key, form]));
    for (const form of told.forms) {
      const place = key(told.user, form);
      const before = kept.get(place);
      // An answer that was overtaken by a newer one tells less than is known here.
      if ((before?.version ?? 0) <= form.version) {
        const { bases = {}, own = 0 } = before ?? {};
        await forms.put({ key: place, user: told.user, version: form.version, bases, own, form, fetchedAt: Date.now() });
      }
      kept.delete(place);
    }
    const unsent = new Set((await operations.all()).filter((one) => one.state !== "sent").map((one) => one.place));
    for (const [place, form] of kept) {
      // What is no longer open stays while something that was typed there has not been taken; else it goes.
      if (unsent.has(place) && form.user === told.user) await forms.put({ ...form, gone: true });
      else await leave(form, { forms, operations });
    }
    for (const [name, value] of Object.entries({ user: told.user, person: told.person, token: told.csrf, clock: off })) {
      await notes.put({ name, value });
    }
    return false;
  });
  return gone ? "sign-in" : "done";
}

const post = async (operations, language) => {
  const answer = await ask("/sync/operations", {
    method: "POST",
    headers: { "content-type": "application/json", "x-rorang-token": (await note("token")) ?? "" },
    body: JSON.stringify({ language, sent_at: new Date().toISOString(), operations }),
  });
  return { status: answer.status, answers: answer.status === 200 ? (await answer.json()).answers : [] };
};

/** Sends all that waits; one page or worker at a time. Ends as `send` does. */
export const sendAll = (language) => alone(async () => {
  const waits = (await unsent()).some((one) => one.state === "waiting");
  if (!waits) return "done";
  // The session may be another one by now: its token and its person are asked for first.
  const known = await refresh(language);
  if (known !== "done") return known;
  const { end, stale } = await send(await note("user"), (operations) => post(operations, language));
  if (stale) await refresh(language);
  return end;
});

const alone = (work) =>
  navigator.locks ? navigator.locks.request("rorang-send", work) : work();

/** Keeps sending: now, when the net is back, when the page is looked at again, and after growing pauses. */
export function keepSending(language, told) {
  let pause = FIRST_MS;
  let timer;
  let running = false;
  const go = async () => {
    if (running) return;
    running = true;
    clearTimeout(timer);
    let end = "offline";
    try {
      end = await sendAll(language);
    } finally {
      running = false;
      pause = end === "done" ? FIRST_MS : Math.min(pause * 2, LONGEST_MS);
      // A crowd of phones that find the net again at once shall not all come in the same second.
      if (end === "offline" || end === "busy") timer = setTimeout(go, pause * (0.5 + Math.random()));
      told(end);
    }
  };
  const now = () => { pause = FIRST_MS; return go(); };
  addEventListener("online", now);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") now(); });
  return now;
}

/** Asks the system to wake the worker when the net is back, where it can. */
export async function wakeLater() {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register("send").catch(() => {});
}
