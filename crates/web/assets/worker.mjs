// The service worker: keeps the shell of the offline page, answers with it where there is no net, sends what waits when the
// system says that the net is back, and forgets the person who signs out. Everything else goes to the server untouched.

import { forget } from "./kept.mjs";
import { sendAll } from "./sync.mjs";

const LANGUAGES = ["vi", "en"];

/** `version` names the cache: another program version, another cache. `shell`: addresses to keep. */
export function serve(worker, { version, shell }) {
  const ours = `rorang-${version}`;

  worker.addEventListener("install", (event) => {
    const keep = async () => {
      const cache = await caches.open(ours);
      await cache.addAll(shell.map((address) => new Request(address, { cache: "reload" })));
      await worker.skipWaiting();
    };
    event.waitUntil(keep());
  });

  worker.addEventListener("activate", (event) => {
    const tidy = async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith("rorang-") && name !== ours) await caches.delete(name);
      }
      await worker.clients.claim();
    };
    event.waitUntil(tidy());
  });

  worker.addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (origin !== worker.location.origin) return;
    if (request.method === "POST" && LANGUAGES.some((language) => pathname === `/${language}/sign-out`)) {
      event.respondWith(signOut(event));
    } else if (request.method === "GET" && shell.includes(pathname)) {
      event.respondWith(kept(pathname).then((found) => found ?? fetch(request)));
    } else if (request.mode === "navigate" && request.method === "GET") {
      event.respondWith(online(request, pathname));
    }
  });

  worker.addEventListener("sync", (event) => {
    if (event.tag === "send") event.waitUntil(wake());
  });

  const kept = async (pathname) => {
    const cache = await caches.open(ours);
    return cache.match(pathname, { ignoreVary: true });
  };

  // A page of the site: from the server, and without net the page that works without.
  const online = async (request, pathname) => {
    try {
      return await fetch(request);
    } catch (error) {
      const language = LANGUAGES.find((code) => pathname === `/${code}` || pathname.startsWith(`/${code}/`)) ?? LANGUAGES[0];
      if (!(await kept(`/${language}/offline`))) throw error;
      return Response.redirect(`/${language}/offline`, 302);
    }
  };

  const signOut = async (event) => {
    const answer = await fetch(event.request);
    event.waitUntil(forget());
    return answer;
  };

  // Rejected, the system tries again later.
  const wake = async () => {
    if ((await sendAll(LANGUAGES[0])) === "offline") throw new Error("still offline");
  };
}
