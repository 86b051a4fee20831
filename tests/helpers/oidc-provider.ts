import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a provider says about somebody, in the words of OpenID Connect. */
export interface Person {
  sub: string;
  name?: string;
  email?: string;
  email_verified?: boolean;
}

export interface OidcProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who sits in front of the browser from now on; `told` is where everything but `sub` is said of them. */
  seat(person: Person, told?: 'id-token' | 'userinfo'): void;
  /** From now on signs with a key its published set does not hold, until somebody is seated again. */
  loseKey(): void;
  /** From now on puts these claims over those that are right, until somebody is seated again. */
  distort(claims: Record<string, unknown>): void;
  close(): Promise<void>;
}

/** What was asked for when a code was given out. */
interface Grant {
  person: Person;
  nonce: string | null;
  challenge: string;
  redirectUri: string;
}

const LIFETIME_S = 300;
const KEY_ID = 'one';

/**
 * Starts an OpenID Connect provider on a free local port: code flow with PKCE (S256), client secret by HTTP Basic, RS256
 * (OpenID Connect Core 1.0, Discovery 1.0, RFC 7636). A request it cannot accept is answered 400 or 401 with the reason.
 */
export async function startOidcProvider(): Promise<OidcProvider> {
  const clientId = 'second-look';
  const clientSecret = randomBytes(16).toString('hex');
  const published = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let key: KeyObject = published.privateKey;
  let distortion: Record<string, unknown> = {};
  let seated: Person = { sub: 'nobody' };
  let told: 'id-token' | 'userinfo' = 'id-token';
  const grants = new Map<string, Grant>();
  const people = new Map<string, Person>();

  function authorize({ searchParams: asked }: URL, response: ServerResponse): void {
    const redirectUri = asked.get('redirect_uri');
    const challenge = asked.get('code_challenge');
    const scopes = asked.get('scope')?.split(' ') ?? [];
    const isProper = asked.get('client_id') === clientId && asked.get('response_type') === 'code' && scopes.includes('openid');
    if (!isProper || !redirectUri || !challenge || asked.get('code_challenge_method') !== 'S256') {
      refuse(response, 400, 'invalid_request');
      return;
    }
    const code = randomBytes(16).toString('hex');
    grants.set(code, { person: seated, nonce: asked.get('nonce'), challenge, redirectUri });
    const back = new URL(redirectUri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.get('state') ?? '');
    response.writeHead(302, { location: back.href }).end();
  }

  async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const given = new URLSearchParams(await textOf(request));
    const credentials = Buffer.from((request.headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString();
    if (credentials !== `${clientId}:${clientSecret}`) return refuse(response, 401, 'invalid_client');
    if (given.get('grant_type') !== 'authorization_code') return refuse(response, 400, 'unsupported_grant_type');
    const code = given.get('code') ?? '';
    const grant = grants.get(code);
    grants.delete(code);
    const proof = createHash('sha256')
      .update(given.get('code_verifier') ?? '')
      .digest('base64url');
    if (!grant || proof !== grant.challenge || given.get('redirect_uri') !== grant.redirectUri)
      return refuse(response, 400, 'invalid_grant');
    const accessToken = randomBytes(16).toString('hex');
    people.set(accessToken, grant.person);
    json(response, { access_token: accessToken, token_type: 'Bearer', expires_in: LIFETIME_S, id_token: idToken(grant) });
  }

  function idToken({ person, nonce }: Grant): string {
    const iat = Math.floor(Date.now() / 1000);
    const about = told === 'id-token' ? person : { sub: person.sub };
    const content = { iss: issuer, aud: clientId, iat, exp: iat + LIFETIME_S, nonce: nonce ?? undefined, ...about, ...distortion };
    const signed = [{ alg: 'RS256', kid: KEY_ID }, content]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
  }

  function userinfo(request: IncomingMessage, response: ServerResponse): void {
    const person = people.get((request.headers.authorization ?? '').replace(/^Bearer /, ''));
    if (person) json(response, person);
    else refuse(response, 401, 'invalid_token');
  }

  const discovery = () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
  });
  const jwks = () => ({ keys: [{ ...published.publicKey.export({ format: 'jwk' }), kid: KEY_ID, alg: 'RS256', use: 'sig' }] });

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    const called = `${request.method} ${url.pathname}`;
    if (called === 'GET /.well-known/openid-configuration') json(response, discovery());
    else if (called === 'GET /jwks') json(response, jwks());
    else if (called === 'GET /authorize') authorize(url, response);
    else if (called === 'POST /token') await exchange(request, response);
    else if (called === 'GET /userinfo') userinfo(request, response);
    else refuse(response, 404, 'not_found');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    issuer,
    clientId,
    clientSecret,
    seat(person, where = 'id-token') {
      seated = person;
      told = where;
      key = published.privateKey;
      distortion = {};
    },
    loseKey() {
      key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    },
    distort(claims) {
      distortion = claims;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += part;
  return text;
}

function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function refuse(response: ServerResponse, status: number, error: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
}
