import { createRequire } from 'node:module';
import { NextRequest } from 'next/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as getAuth, POST as postAuth } from '@/app/api/auth/[...nextauth]/route';
import { GET as getMe } from '@/app/api/me/route';
import { addUser, disableUser } from '@/lib/auth/users';
import { db } from '@/lib/db/client';
import { SYSTEM_ACTOR } from '@/lib/domain/actor';
import { type OidcProvider, startOidcProvider } from '../helpers/oidc-provider';
import { type TestDatabase, testDatabase } from '../helpers/postgres';

const CONSOLE = 'http://localhost:3000';
const SESSION_COOKIE = 'next-auth.session-token';
let database: TestDatabase;
let provider: OidcProvider;

beforeAll(async () => {
  database = await testDatabase();
  provider = await startOidcProvider();
  Object.assign(process.env, {
    NEXTAUTH_URL: CONSOLE,
    NEXTAUTH_SECRET: 'a secret of more than thirty-two characters',
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
    LOG_LEVEL: 'silent',
  });
});

afterAll(async () => {
  await provider.close();
  await db().$disconnect();
  await database.drop();
});

/** A browser of its own: it keeps the console's cookies and is shown every redirect. */
class Browser {
  constructor(readonly cookies = new Map<string, string>()) {}

  /** Where the provider sends the browser back to, after the sign-in button was pressed. */
  async goToProvider(): Promise<URL> {
    const { csrfToken } = await (await this.ask('/api/auth/csrf')).json();
    const pressed = await this.ask('/api/auth/signin/oidc', { csrfToken, callbackUrl: '/audit' });
    const atProvider = await fetch(locationOf(pressed), { redirect: 'manual' });
    expect(atProvider.status).toBe(302);
    return locationOf(atProvider);
  }

  /** Follows the way back; answers the path it leads to, with the error the page is told, if any. */
  async comeBack(address: URL): Promise<string> {
    let at = address;
    while (at.pathname.startsWith('/api/auth/')) at = locationOf(await this.ask(at.pathname + at.search));
    expect(at.origin).toBe(CONSOLE);
    const error = at.searchParams.get('error');
    return error === null ? at.pathname : `${at.pathname}?error=${error}`;
  }

  async signIn(): Promise<string> {
    return this.comeBack(await this.goToProvider());
  }

  /** The e-mail of who is signed in, null for nobody. */
  async whoAmI(): Promise<string | null> {
    const answer = await getMe(this.request('/api/me'), { params: Promise.resolve({}) });
    return answer.status === 200 ? (await answer.json()).email : null;
  }

  private async ask(path: string, form?: Record<string, string>): Promise<Response> {
    const request = this.request(path, form);
    const nextauth = new URL(request.url).pathname.split('/').slice(3);
    // next-auth asks Next itself for the request's headers and cookies, and Next knows them only in a running server.
    Object.assign(createRequire(import.meta.url)('next/headers'), {
      headers: async () => request.headers,
      cookies: async () => request.cookies,
    });
    const answer = await (form ? postAuth : getAuth)(request, { params: Promise.resolve({ nextauth }) });
    for (const line of answer.headers.getSetCookie()) this.keep(line);
    return answer;
  }

  private request(path: string, form?: Record<string, string>): NextRequest {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (!form) return new NextRequest(new URL(path, CONSOLE), { headers: { cookie } });
    const body = new URLSearchParams(form).toString();
    const headers = {
      cookie,
      origin: CONSOLE,
      host: new URL(CONSOLE).host,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(body.length),
    };
    return new NextRequest(new URL(path, CONSOLE), { method: 'POST', headers, body });
  }

  private keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === '' || /;\s*max-age=0/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

function locationOf(answer: Response): URL {
  return new URL(answer.headers.get('location') ?? 'http://nowhere.invalid', CONSOLE);
}

async function added(email: string): Promise<string> {
  await addUser(SYSTEM_ACTOR, { email, name: 'Ada', role: 'auditor', password: null });
  return (await db().user.findUniqueOrThrow({ where: { email } })).id;
}

const subjectOf = async (id: string) => (await db().user.findUniqueOrThrow({ where: { id } })).oidcSubject;
const newestEvent = async () => {
  const { action, subject, actorId, payload } = await db().auditEvent.findFirstOrThrow({
    orderBy: { seq: 'desc' },
    include: { payload: true },
  });
  return { action, subject, actorId, data: JSON.parse(payload?.data ?? '{}').data };
};

/** The person at the provider presses the button; nobody must be signed in, and no session begun. */
async function expectRefused(browser = new Browser()): Promise<void> {
  const before = await db().session.count();
  expect(await browser.signIn()).toBe('/sign-in?error=AccessDenied');
  expect(browser.cookies.has(SESSION_COOKIE)).toBe(false);
  expect(await browser.whoAmI()).toBeNull();
  expect(await db().session.count()).toBe(before);
}

describe('signing in by OpenID Connect', () => {
  it('lets in a user added beforehand by the verified e-mail, binds her to issuer and subject, and records the session', async () => {
    const id = await added('ada@example.test');
    provider.seat({ sub: 'ada-1', email: 'Ada@Example.test', email_verified: true, name: 'Ada at the provider' });
    const browser = new Browser();
    expect(await browser.signIn()).toBe('/audit');
    expect(await browser.whoAmI()).toBe('ada@example.test');
    expect(await subjectOf(id)).toBe(`${provider.issuer}|ada-1`);
    const session = await db().session.findFirstOrThrow({ where: { userId: id } });
    expect(await newestEvent()).toEqual({
      action: 'session.started',
      subject: `session:${session.id}`,
      actorId: id,
      data: { provider: 'oidc' },
    });
  });

  it('knows the same subject again whatever became of the e-mail, even another user’s', async () => {
    const id = await added('bea@example.test');
    const other = await added('carl@example.test');
    provider.seat({ sub: 'bea-1', email: 'bea@example.test', email_verified: true });
    await new Browser().signIn();
    for (const email of ['bea.new@example.test', 'carl@example.test', undefined]) {
      provider.seat({ sub: 'bea-1', email, email_verified: email !== undefined });
      const browser = new Browser();
      expect(await browser.signIn()).toBe('/audit');
      expect(await browser.whoAmI()).toBe('bea@example.test');
    }
    expect(await db().session.count({ where: { userId: id } })).toBe(4);
    expect(await subjectOf(other)).toBeNull();
  });

  it('lets in a user whose provider tells the e-mail only at its userinfo endpoint', async () => {
    await added('dan@example.test');
    provider.seat({ sub: 'dan-1', email: 'dan@example.test', email_verified: true }, 'userinfo');
    const browser = new Browser();
    expect(await browser.signIn()).toBe('/audit');
    expect(await browser.whoAmI()).toBe('dan@example.test');
  });

  it('refuses somebody nobody added, and records it', async () => {
    provider.seat({ sub: 'stranger', email: 'stranger@example.test', email_verified: true });
    await expectRefused();
    expect(await newestEvent()).toMatchObject({
      action: 'session.refused',
      subject: 'user:unknown',
      data: { email: 'stranger@example.test', reason: 'unknown-user' },
    });
    expect(await db().user.count({ where: { email: 'stranger@example.test' } })).toBe(0);
  });

  it.each([
    ['unverified', false],
    ['of unknown standing', undefined],
  ])('refuses a user’s e-mail that is %s, and binds nobody', async (standing, verified) => {
    const email = `eve-${standing.length}@example.test`;
    const id = await added(email);
    provider.seat({ sub: `not-${email}`, email, email_verified: verified });
    await expectRefused();
    expect(await subjectOf(id)).toBeNull();
    expect(await newestEvent()).toMatchObject({ action: 'session.refused', data: { email } });
  });

  it('refuses another subject that comes with the e-mail of a user already bound', async () => {
    const id = await added('finn@example.test');
    provider.seat({ sub: 'finn-1', email: 'finn@example.test', email_verified: true });
    await new Browser().signIn();
    provider.seat({ sub: 'finn-2', email: 'finn@example.test', email_verified: true });
    await expectRefused();
    expect(await subjectOf(id)).toBe(`${provider.issuer}|finn-1`);
  });

  it('refuses a disabled user, bound before or not, ends her session, and records why', async () => {
    const bound = await added('gil@example.test');
    const unbound = await added('hal@example.test');
    provider.seat({ sub: 'gil-1', email: 'gil@example.test', email_verified: true });
    const browser = new Browser();
    await browser.signIn();
    for (const [id, name] of [
      [bound, 'gil'],
      [unbound, 'hal'],
    ] as const) {
      const email = `${name}@example.test`;
      await disableUser(SYSTEM_ACTOR, email);
      provider.seat({ sub: `${name}-1`, email, email_verified: true });
      await expectRefused();
      expect(await newestEvent()).toMatchObject({ action: 'session.refused', subject: `user:${id}`, data: { email, reason: 'disabled' } });
    }
    expect(await browser.whoAmI()).toBeNull();
    expect(await subjectOf(unbound)).toBeNull();
  });
});

describe('the way back from the provider', () => {
  const ivy = { sub: 'ivy-1', email: 'ivy@example.test', email_verified: true };
  const FAILED = '/sign-in?error=OAuthCallback';

  beforeAll(() => added('ivy@example.test'));

  async function expectNobody(browser: Browser, address: URL): Promise<void> {
    const before = await db().session.count();
    expect(await browser.comeBack(address)).toBe(FAILED);
    expect(await browser.whoAmI()).toBeNull();
    expect(await db().session.count()).toBe(before);
  }

  it('leads nowhere with a forged state', async () => {
    provider.seat(ivy);
    const browser = new Browser();
    const address = await browser.goToProvider();
    address.searchParams.set('state', 'forged');
    await expectNobody(browser, address);
  });

  it('leads nowhere in a browser that did not set out, or set out for something else', async () => {
    provider.seat(ivy);
    const address = await new Browser().goToProvider();
    await expectNobody(new Browser(), address);
    const victim = new Browser();
    const own = await victim.goToProvider();
    own.searchParams.set('code', address.searchParams.get('code') ?? '');
    await expectNobody(victim, own);
  });

  it('leads in once: the same code, with the very cookies of the first time, does not sign in again', async () => {
    provider.seat(ivy);
    const browser = new Browser();
    const address = await browser.goToProvider();
    const replaying = new Browser(new Map(browser.cookies));
    expect(await browser.comeBack(address)).toBe('/audit');
    expect(await browser.whoAmI()).toBe('ivy@example.test');
    await expectNobody(replaying, address);
  });

  it.each([
    ['another issuer', { iss: 'https://elsewhere.example' }],
    ['another client', { aud: 'another-client' }],
    ['another sign-in', { nonce: 'another' }],
    ['a time long past', { iat: 1_500_000_000, exp: 1_500_000_300 }],
  ])('leads nowhere with a token of %s', async (_of, claims) => {
    provider.seat(ivy);
    provider.distort(claims);
    const browser = new Browser();
    await expectNobody(browser, await browser.goToProvider());
  });

  it('leads nowhere when the userinfo endpoint speaks of somebody else than the token', async () => {
    provider.seat(ivy, 'userinfo');
    provider.distort({ sub: 'not-ivy' });
    const browser = new Browser();
    await expectNobody(browser, await browser.goToProvider());
  });

  it('leads nowhere with a token the provider’s published key did not sign', async () => {
    provider.seat(ivy);
    provider.loseKey();
    const browser = new Browser();
    await expectNobody(browser, await browser.goToProvider());
  });
});
