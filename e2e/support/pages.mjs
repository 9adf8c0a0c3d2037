// Which pages there are: found by following links from the two homes, a few of each kind.

/** The kind of a page: its address without the parts that name one thing, and the names of what it is asked. */
export function kind(address) {
  const { pathname, searchParams } = new URL(address);
  const path = pathname
    .replace(/^\/(vi|en)(?=\/|$)/, '')
    .split('/')
    .map((part) => (/[\d.]/.test(part) ? '*' : part))
    .join('/') || '/';
  const asked = [...new Set(searchParams.keys())].sort().join('&');
  return asked === '' ? path : `${path}?${asked}`;
}

/**
 * Pages reachable by links, language by language, at most `each` of a kind. Files to download and other sites are left out.
 */
export async function reachable(address, { language, each = 2, start = [] }) {
  const queue = [`${address}/${language}`, ...start];
  const seen = new Set();
  const perKind = new Map();
  const pages = [];
  for (const next of queue) {
    if (seen.has(next)) continue;
    seen.add(next);
    const count = perKind.get(kind(next)) ?? 0;
    if (count >= each) continue;
    const response = await fetch(next);
    if (!(response.headers.get('content-type') ?? '').startsWith('text/html')) continue;
    perKind.set(kind(next), count + 1);
    const body = await response.text();
    pages.push({ url: next, kind: kind(next), status: response.status, body });
    for (const [, raw] of body.matchAll(/<a\b[^>]*?\bhref="([^"#]*)/g)) {
      const link = new URL(raw.replaceAll('&amp;', '&'), next);
      if (link.origin === new URL(address).origin && link.pathname.startsWith(`/${language}`)) {
        queue.push(link.origin + link.pathname + link.search);
      }
    }
  }
  return pages;
}
