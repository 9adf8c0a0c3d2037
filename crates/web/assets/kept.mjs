// What this device keeps, in IndexedDB: `forms` that are open to the person, `operations` that wait to be sent, `notes`.
// Every change is one transaction, and is done only when the device says that it is on its disk.

const STORES = { forms: { keyPath: "key" }, operations: { keyPath: "order", autoIncrement: true }, notes: { keyPath: "name" } };

let opened;

/** The database; one connection a page. */
export function open() {
  opened ??= new Promise((resolve, reject) => {
    const asking = indexedDB.open("rorang", 1);
    asking.onupgradeneeded = () => {
      for (const [name, options] of Object.entries(STORES)) asking.result.createObjectStore(name, options);
    };
    asking.onsuccess = () => {
      const db = asking.result;
      // Another page brings the database up to date: let it.
      db.onversionchange = () => { db.close(); opened = undefined; };
      resolve(db);
    };
    asking.onerror = () => { opened = undefined; reject(asking.error); };
  });
  return opened;
}

const result = (asking) => new Promise((resolve, reject) => {
  asking.onsuccess = () => resolve(asking.result);
  asking.onerror = () => reject(asking.error);
});

/**
 * Runs `work` with the stores in one transaction; the answer comes when it is on the disk. An error, thrown in `work` or of
 * the device (its memory is full), leaves everything as it was.
 */
export async function change(names, work) {
  const db = await open();
  const transaction = db.transaction(names, "readwrite", { durability: "strict" });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
  });
  done.catch(() => {});
  let answer;
  try {
    answer = await work(Object.fromEntries(names.map((name) => [name, table(transaction.objectStore(name))])));
  } catch (error) {
    try { transaction.abort(); } catch { /* It is aborted already. */ }
    throw transaction.error ?? error;
  }
  await done;
  return answer;
}

const table = (store) => ({
  all: () => result(store.getAll()),
  get: (key) => result(store.get(key)),
  put: (value) => result(store.put(value)),
  remove: (key) => result(store.delete(key)),
});

/** All rows of a store. */
export async function all(name) {
  const db = await open();
  return result(db.transaction(name).objectStore(name).getAll());
}

/** A note by its name. */
export async function note(name) {
  const db = await open();
  return (await result(db.transaction("notes").objectStore("notes").get(name)))?.value;
}

/** Lets go of what the server has, for a device that is full. */
export const makeRoom = () => change(["operations"], async ({ operations }) => {
  for (const one of await operations.all()) if (one.state === "sent") await operations.remove(one.order);
});

/**
 * Takes a form off the device. What was typed into it and waits goes on standing on the version that this device saw last,
 * or the person would be in conflict with themselves when it is sent.
 */
export async function leave(form, { forms, operations }) {
  for (const one of await operations.all()) {
    if (one.place !== form.key || one.state !== "waiting") continue;
    const own = one.kind === "submit" ? form.own : form.bases?.[one.line];
    await operations.put({ ...one, base: Math.max(one.base, own ?? 0) });
  }
  await forms.remove(form.key);
}

/**
 * Leaves nothing of the person who signs out but what has not been sent yet: that waits, under the person's number, until
 * the same person signs in again.
 */
export const forget = () => change(["forms", "operations", "notes"], async ({ forms, operations, notes }) => {
  for (const form of await forms.all()) await leave(form, { forms, operations });
  // An answer that is still under way was meant for who leaves now: it must not bring the person back.
  const left = { times: ((await notes.get("left"))?.value.times ?? 0) + 1, token: (await notes.get("token"))?.value };
  for (const note of await notes.all()) await notes.remove(note.name);
  await notes.put({ name: "left", value: left });
  for (const operation of await operations.all()) {
    if (operation.state === "sent") await operations.remove(operation.order);
  }
});
