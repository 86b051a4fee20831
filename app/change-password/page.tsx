import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Brand } from '@/components/ui/brand';
import { pageActorBeforePasswordChange } from '@/lib/auth/actor';
import { callbackPath, signInPath } from '@/lib/auth/callback-path';
import { hasPassword } from '@/lib/auth/change-password';
import { ChangePasswordForm } from './change-password-form';

export const metadata: Metadata = { title: 'Change your password' };

interface ChangePasswordPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ChangePasswordPage({ searchParams }: ChangePasswordPageProps) {
  const { callbackUrl } = await searchParams;
  const landing = callbackPath(typeof callbackUrl === 'string' ? callbackUrl : null);
  const actor = await pageActorBeforePasswordChange();
  if (!actor) redirect(signInPath(landing));
  if (!(await hasPassword(actor))) redirect(landing);
  return (
    <main className="grid min-h-dvh place-items-center bg-bg p-4 text-text">
      <div className="w-full max-w-sm">
        <p className="mb-6 text-lg">
          <Brand />
        </p>
        <h1 className="font-semibold text-xl">Change your password</h1>
        <p className="mt-1 mb-4 text-muted text-sm">
          You are signed in as {actor.name}. A password that somebody else set has to be changed before you go on: choose one that only you
          know.
        </p>
        <ChangePasswordForm email={actor.email} landing={landing} />
        <p className="mt-6 text-faint text-xs">Every change of a password is recorded.</p>
      </div>
    </main>
  );
}
