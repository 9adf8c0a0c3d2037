// Which pages there are: found by following links from the two homes, a few of each kind.

/** The kind of a page: its address without the parts that name one thing. */
export function kind(address) {
  const { pathname } = new URL(address);
  return pathname
    .replace(/^\/(vi|en)(?=\/|$)/, '')
    .split('/')
    .map((part) => (/[\d.]|^[\w-]{12,}$/.test(part) ? '*' : part))
    .join('/') || '/';
}

/**
 * Pages reachable by links, language by language, at most `each` of a kind. Files to download and other sites are left out.
 */
export async function reachable(address, { language, each = 2, start = [] }) {
  const queue = [`${address}/${language}`, ...start];
  const seen = new Set();
  const perKind = new Map();
  const pages = [];
  while (queue.length > 0) {
    const next = queue.shift();
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
      // A filter or a sort order is the same page; one address with a query a kind is enough, and comes by its own tests.
      if (link.origin === new URL(address).origin && link.pathname.startsWith(`/${language}`) && link.search === '') {
        queue.push(link.origin + link.pathname);
      }
    }
  }
  return pages;
}
