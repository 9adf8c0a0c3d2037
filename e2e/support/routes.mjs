// The list of routes that the program answers, with a real address for each: found by following links as each role.
import { readFileSync } from 'node:fs';
import path from 'node:path';

const LISTED = path.join(
  import.meta.dirname,
  '../../crates/web/tests/it/snapshots/it__safety__every_route_names_what_one_must_be_allowed_to_do.snap',
);

/** Routes that answer with something else than a page, or only on the way to a directory of another house and back. */
const NO_PAGES = /\/(form\.json|form\.xlsx|manifest\.webmanifest|evidence\/\{entry\}|sign-in\/directory|signed-out)$/;

/** The pages of the list: [{ path, matches }], the path without its language. */
export function pages() {
  return readFileSync(LISTED, 'utf8')
    .split('\n')
    .map((line) => line.match(/^get\s+\/\{vi,en\}(\S*)\s/)?.[1])
    .filter((found) => found !== undefined && !NO_PAGES.test(found))
    .map((found) => {
      const parts = found.split('/').map((part) => (part.startsWith('{') ? '[^/]+' : part.replaceAll('.', '\\.')));
      return { path: found, matches: new RegExp(`^/(?:vi|en)${parts.join('/')}$`) };
    })
    // A fixed word comes before a name in its place: `/tasks/new` before `/tasks/{task}`.
    .sort((a, b) => a.path.split('{').length - b.path.split('{').length || b.path.length - a.path.length);
}

/** The route of an address. */
export function routeOf(all, address) {
  const { pathname } = new URL(address);
  return all.find((route) => route.matches.test(pathname));
}

/** Signs in, and answers with the cookie. */
export async function signIn(address, person) {
  const body = new URLSearchParams({ name: person.name, password: person.password });
  const response = await fetch(`${address}/vi/sign-in`, { method: 'POST', redirect: 'manual', body });
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  if (cookies.length === 0) throw new Error(`${person.name} could not sign in: ${response.status}`);
  return cookies.join('; ');
}

/**
 * One address a route that this cookie's owner reaches by links from the first page: Map of path to { url, body, weight }, the weight in bytes on the wire where it is told.
 * Links that do not lead to a page of theirs are in `dead`.
 */
export async function reached(address, all, { cookie = '', language = 'vi' } = {}) {
  const queue = [`${address}/${language}`];
  const found = new Map();
  const dead = [];
  const seen = new Set();
  for (const next of queue) {
    const route = routeOf(all, next);
    if (!route) continue;
    // A page that is asked for something else leads elsewhere: the scores of an office to its form.
    const kind = [route.path, ...[...new URL(next).searchParams.keys()].sort()].join('&');
    if (seen.has(kind)) continue;
    seen.add(kind);
    const response = await fetch(next, { headers: { cookie }, redirect: 'manual' });
    if (response.status !== 200) {
      dead.push(`${response.status} ${next}`);
      continue;
    }
    const body = await response.text();
    const weight = Number(response.headers.get('content-length') ?? 0);
    if (!found.has(route.path)) found.set(route.path, { url: next, body, weight });
    for (const [, raw] of body.matchAll(/<a\b[^>]*?\bhref="([^"#]*)/g)) {
      const link = new URL(raw.replaceAll('&amp;', '&'), next);
      if (link.origin === new URL(address).origin) queue.push(link.origin + link.pathname + link.search);
    }
  }
  return { found, dead };
}
