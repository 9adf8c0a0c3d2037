// A province's directory: the certified provider, on a port that it is given. Messages of the test turn its keys over.
// Anybody may sign in there by any name, as its own pages for development let them.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const packages = process.env.OIDC_PACKAGES ?? import.meta.dirname;
const { default: Provider } = await import(pathToFileURL(path.join(packages, 'node_modules/oidc-provider/lib/index.js')));
const [port, site] = process.argv.slice(2);

/** What the provider keeps, for all editions of its keys: by kind and id. */
const kept = new Map();
class Shelf {
  constructor(kind) { this.kind = kind; }
  key(id) { return `${this.kind}:${id}`; }
  async upsert(id, payload) { kept.set(this.key(id), payload); }
  async find(id) { return kept.get(this.key(id)); }
  async findByUid(uid) { return [...kept.entries()].find(([key, value]) => key.startsWith(this.key('')) && value.uid === uid)?.[1]; }
  async findByUserCode() { return undefined; }
  async consume(id) { kept.get(this.key(id)).consumed = Math.floor(Date.now() / 1000); }
  async destroy(id) { kept.delete(this.key(id)); }
  async revokeByGrantId(grant) { for (const [key, value] of kept) if (value.grantId === grant) kept.delete(key); }
}

let edition = 0;
function provider() {
  edition += 1;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: 'jwk' }), kid: `edition-${edition}`, use: 'sig', alg: 'RS256' };
  const made = new Provider(`http://localhost:${port}`, {
    adapter: Shelf,
    jwks: { keys: [key] },
    cookies: { keys: ['of the test'] },
    clients: [{
      client_id: 'ro-rang',
      client_secret: 'bi-mat-cua-may',
      redirect_uris: [`${site}/sign-in/directory/back`],
      post_logout_redirect_uris: [`${site}/`],
      response_types: ['code'],
      grant_types: ['authorization_code'],
    }],
    // Claims of roles come to every client that asks for a profile: ours must not believe them.
    conformIdTokenClaims: false,
    claims: { openid: ['sub'], profile: ['preferred_username', 'groups', 'roles', 'post'], email: ['email', 'email_verified'] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, preferred_username: id, email: `${id}@dienbien.test`, email_verified: true, groups: ['administrators'], roles: ['administrator'], post: 'VN-11.administrator' }),
    }),
  });
  return made.callback();
}

let answer = provider();
const server = createServer((request, response) => answer(request, response));
server.listen(Number(port), 'localhost', () => process.send({ ready: true }));
process.on('message', () => {
  answer = provider();
  process.send({ turned: edition });
});
