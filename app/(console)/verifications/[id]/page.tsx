import type { Metadata } from 'next';
import { headers } from 'next/headers';
import Link from 'next/link';
import { DeadEnd } from '@/components/shell/dead-end';
import { buttonClass } from '@/components/ui/button';
import { requireActor } from '@/lib/auth/actor';
import { Refusal } from '@/lib/domain/refusal';
import { readVerificationId } from '@/lib/http/read-id';
import { mayFetchAhead } from '@/lib/review/record-case-view';
import { CaseClient } from './case-client';
import { flawedSentence } from './flawed-sentence';
import { loadCase } from './load-case';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const id = idOf((await params).id);
  return { title: id === null ? 'No such verification' : `Verification ${id}` };
}

export default async function CasePage({ params, searchParams }: Props) {
  const actor = await requireActor('records.read');
  const { id: text } = await params;
  const id = idOf(text);
  if (id === null) return LARGE.test(text) ? <LargeId text={text} /> : <WrongId />;
  const { blind, queue } = await searchParams;
  const ahead = queue !== undefined && (await isFetch()) && (await mayFetchAhead(actor, id));
  return <CaseClient key={id} data={await loadCase(actor, id, { blind: blind === '1', ahead })} />;
}

// The router fetches the page of a case the queue has claimed before anybody sees it; an address that is opened is seen at once.
async function isFetch(): Promise<boolean> {
  return (await headers()).get('sec-fetch-dest') !== 'document';
}

/** A whole number beyond those that JSON keeps exactly. */
const LARGE = /^[1-9]\d{15,39}$/;

const back = (
  <Link href="/verifications" className={buttonClass()}>
    All verifications
  </Link>
);

async function LargeId({ text }: { text: string }) {
  return (
    <DeadEnd title={`Verification ${text} cannot be read`} actions={back}>
      {await flawedSentence(text, 'number-too-large')}
    </DeadEnd>
  );
}

function WrongId() {
  return (
    <DeadEnd title="No such verification" actions={back}>
      A verification is named by a whole number, as in /verifications/10482.
    </DeadEnd>
  );
}

function idOf(text: string): number | null {
  try {
    return readVerificationId(text);
  } catch (failure) {
    if (failure instanceof Refusal) return null;
    throw failure;
  }
}
