import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Brand } from '@/components/ui/brand';
import { pageActor, pageActorBeforePasswordChange } from '@/lib/auth/actor';
import { callbackPath } from '@/lib/auth/callback-path';
import { oidcProvider } from '@/lib/auth/oidc';
import { LOG_CLOSED } from './requests';
import { SignInForm } from './sign-in-form';

export const metadata: Metadata = { title: 'Sign in' };

interface SignInPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { callbackUrl, error, switch: switching } = await searchParams;
  const landing = callbackPath(typeof callbackUrl === 'string' ? callbackUrl : null);
  // With `switch` another user signs in, so a pending change of password does not redirect.
  const actor = switching === undefined ? await pageActor() : await pageActorBeforePasswordChange();
  if (actor && switching === undefined) redirect(landing);
  const sso = oidcProvider()?.name ?? null;
  return (
    <main className="grid min-h-dvh place-items-center bg-bg p-4 text-text">
      <div className="w-full max-w-sm">
        <h1 className="mb-6 text-lg">
          <Brand />
        </h1>
        {actor && <p className="mb-4 text-muted text-sm">{actor.name} is signed in in this browser. Signing in here ends that session.</p>}
        <SignInForm landing={landing} sso={sso} earlier={typeof error === 'string' ? sentenceFor(error) : null} />
        <p className="mt-6 text-faint text-xs">Every sign-in is recorded.</p>
      </div>
    </main>
  );
}

/** What next-auth's word in the address means to the person who sees it. */
function sentenceFor(error: string): string {
  if (error === 'AccessDenied') return 'Your account is not known here. Ask an administrator to add your e-mail address.';
  if (error === 'LogClosed') return LOG_CLOSED;
  if (error === 'SessionRequired') return 'Sign in to go on.';
  return 'Signing in did not work. Try again; if it stays, tell an administrator.';
}
