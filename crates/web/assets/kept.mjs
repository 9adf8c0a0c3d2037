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

/**
 * Leaves nothing of the person who signs out but what has not been sent yet: that waits, under the person's number, until
 * the same person signs in again.
 */
export const forget = () => change(["forms", "operations", "notes"], async ({ forms, operations, notes }) => {
  for (const form of await forms.all()) await forms.remove(form.key);
  for (const note of await notes.all()) await notes.remove(note.name);
  for (const operation of await operations.all()) {
    if (operation.state === "sent") await operations.remove(operation.order);
  }
});
