// A link that drops requests, drops answers, doubles requests and delivers them late, by chance with a seed: a proxy in front
// of the running program, for the addresses that devices send to.
import http from 'node:http';

/** Mulberry32 (Tommy Ettinger, public domain): numbers in [0, 1) that a seed decides. */
export function chance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
  };
}

/** Starts the proxy; `troubles(path)` says whether a request may meet trouble. */
export async function start(target, { seed, troubles }) {
  const { hostname, port } = new URL(target);
  const next = chance(seed);
  const counts = { passed: 0, requestLost: 0, answerLost: 0, doubled: 0, late: 0 };
  const waiting = new Set();
  /** While `down`, nothing comes through: for the page and for its worker alike; nor ever what is `closed`. */
  const link = { down: false, closed: () => false };

  const forward = (request, body) => new Promise((resolve, reject) => {
    const asked = http.request({ hostname, port, path: request.url, method: request.method, headers: request.headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
      answer.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });

  const server = http.createServer(async (request, response) => {
    if (link.down || link.closed(request.url)) {
      response.destroy();
      return;
    }
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    const draw = troubles(request.url) ? next() : 1;
    try {
      if (draw < 0.2) {
        counts.requestLost += 1;
        response.destroy();
        return;
      }
      if (draw < 0.4) {
        counts.answerLost += 1;
        await forward(request, body);
        response.destroy();
        return;
      }
      if (draw < 0.55) {
        // The first copy is answered; the second comes at the same time.
        counts.doubled += 1;
        forward(request, body).catch(() => {});
      } else if (draw < 0.7) {
        // A copy that was held up somewhere arrives after later ones.
        counts.late += 1;
        const timer = setTimeout(() => { waiting.delete(timer); forward(request, body).catch(() => {}); }, 20 + next() * 400);
        waiting.add(timer);
      }
      const answer = await forward(request, body);
      counts.passed += 1;
      response.writeHead(answer.status, answer.headers);
      response.end(answer.body);
    } catch {
      response.destroy();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(link, {
    address: `http://127.0.0.1:${server.address().port}`,
    counts,
    stop: () => new Promise((resolve) => {
      for (const timer of waiting) clearTimeout(timer);
      server.closeAllConnections();
      server.close(resolve);
    }),
  });
  return link;
}
