'use client';

import { type FormEvent, useId, useMemo, useState } from 'react';
import { whyItTakesTwo } from '@/lib/domain/change/agreed-change';
import { type PastedIds, pastedIds } from '@/lib/domain/pasted-ids';
import { type ErasureRule, RETENTION_MAX, RETENTION_REASON_MIN } from '@/lib/domain/retention';
import { ask } from '../review/post';
import { Button } from '../ui/button';
import { LongText } from '../ui/long-text';
import { Notice } from '../ui/notice';
import { useOrigin } from '../ui/use-origin';
import type { RetentionAct } from './retention-act';
import { RetentionPreview } from './retention-preview';
import { type Preview, wireErased, wireHeld, wirePreview } from './retention-wire';
import { TakesTwo } from './takes-two';

const ACTS: { act: RetentionAct; label: string; means: string }[] = [
  { act: 'RETENTION', label: 'Erase, because their time is over', means: 'Only cases resolved long enough ago.' },
  {
    act: 'REQUEST',
    label: 'Erase at a request',
    means: 'A person with the right to it asked. Name the request, not the person: the reason is kept.',
  },
  { act: 'hold', label: 'Put under legal hold', means: 'Nothing of them is erased, by nobody, until the hold is lifted.' },
  { act: 'lift', label: 'Lift the legal hold', means: 'They are kept by their clock again.' },
];

export interface RetentionFormProps {
  /** The cases whose time is over, oldest first. */
  due: number[];
  named: string;
  onDone: (said: string) => void;
}

/** Names cases and what is to become of them, shows what that would do, and does it once the number was typed. */
export function RetentionForm({ due, named, onDone }: RetentionFormProps) {
  const id = useId();
  const [act, setAct] = useState<RetentionAct>(named === '' ? 'RETENTION' : 'hold');
  const [text, setText] = useState(named);
  const [reason, setReason] = useState('');
  const [preview, setPreview] = useState<Preview | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [outcome, setOutcome] = useState<{ title: string; refused: { id: number; message: string }[] } | null>(null);
  const [busy, setBusy] = useState(false);
  const origin = useOrigin();
  const read = useMemo(() => (origin === null ? null : pastedIds(text, { origin, most: RETENTION_MAX })), [text, origin]);
  const why =
    act === 'REQUEST' || act === 'lift'
      ? whyItTakesTwo('', act === 'lift' ? { kind: 'HOLD_LIFT', ids: [], holds: [] } : { kind: 'ERASURE', ids: [] })
      : null;
  const change = (next: () => void) => {
    next();
    setPreview(null);
    setProblem(null);
    setOutcome(null);
  };

  const show = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const wrong = whatIsWrong(act, read, reason);
    setProblem(wrong);
    if (wrong || !read?.ok) return;
    const { ids } = read;
    setBusy(true);
    const rule: ErasureRule = act === 'RETENTION' ? 'RETENTION' : 'REQUEST';
    const result = await ask('GET', `/api/retention/preview?${new URLSearchParams({ ids: ids.join(','), rule })}`, wirePreview);
    setBusy(false);
    if (result.ok) setPreview(result.value.preview);
    else setProblem(result.message);
  };
  const run = async (chosen: number[]) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const said = await (act === 'RETENTION' || act === 'REQUEST' ? erase(act, chosen, reason) : hold(act === 'hold', chosen, reason));
    setBusy(false);
    if ('message' in said) return setProblem(said.message);
    setPreview(null);
    setText('');
    setReason('');
    setOutcome(said);
    onDone(said.title);
  };

  return (
    <section aria-label="Erase or hold cases" className="grid gap-4 rounded-lg border border-line bg-surface p-4">
      <form onSubmit={show} noValidate className="grid gap-4">
        <fieldset className="grid gap-1.5">
          <legend className="mb-1 font-semibold">What is to become of them</legend>
          {ACTS.map((one) => (
            <label key={one.act} className="flex items-start gap-2">
              <input
                type="radio"
                name={`${id}-act`}
                checked={act === one.act}
                onChange={() => change(() => setAct(one.act))}
                className="mt-0.5 size-4 shrink-0 accent-accent"
              />
              <span>
                {one.label} <span className="block text-muted text-xs">{one.means}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <div className="grid gap-1">
          <label htmlFor={`${id}-cases`}>Cases, by id or address, at most {RETENTION_MAX}</label>
          <textarea
            id={`${id}-cases`}
            value={text}
            rows={2}
            spellCheck={false}
            aria-describedby={`${id}-read`}
            onChange={({ target }) => change(() => setText(target.value))}
            className="field-sizing-content max-h-40 rounded-md border border-line-strong bg-bg px-2.5 py-1.5 font-mono"
          />
          <p id={`${id}-read`} aria-live="polite" className="text-muted text-xs [overflow-wrap:anywhere] empty:hidden">
            {read && text.trim() !== '' && readingText(read)}
          </p>
          {due.length > 0 && act === 'RETENTION' && (
            <Button small className="justify-self-start" onClick={() => change(() => setText(due.join(', ')))}>
              Take the {due.length} whose time is over
            </Button>
          )}
        </div>
        {act !== 'RETENTION' && (
          <label htmlFor={`${id}-reason`} className="grid gap-1">
            Reason, at least {RETENTION_REASON_MIN} characters
            <LongText id={`${id}-reason`} value={reason} rows={2} max={2000} onChange={setReason} className="field-sizing-content" />
          </label>
        )}
        {why !== null && <TakesTwo why={why} />}
        {problem && <Notice tone="bad" title={problem} />}
        {!preview && (
          <Button type="submit" variant="primary" disabled={busy} className="justify-self-start">
            {busy ? 'Looking…' : 'Show what this would do'}
          </Button>
        )}
      </form>
      {preview && <RetentionPreview {...{ act, preview, busy }} onConfirm={run} onBack={() => setPreview(null)} />}
      {outcome && (
        <Notice tone={outcome.refused.length > 0 ? 'warn' : 'ok'} title={outcome.title}>
          {outcome.refused.map((one) => (
            <p key={one.id}>
              <span className="font-mono">{one.id}</span>: {one.message}
            </p>
          ))}
        </Notice>
      )}
    </section>
  );
}

/** How the text is read, before anything is done with it. */
function readingText(read: PastedIds): string {
  if (!read.ok) return read.message;
  const { ids, notices } = read;
  return [ids.length === 1 ? `One case: ${ids[0]}.` : `${ids.length} cases: ${ids.join(', ')}.`, ...notices].join(' ');
}

function whatIsWrong(act: RetentionAct, read: PastedIds | null, reason: string): string | null {
  if (read?.ok === false) return `${read.message} No case was looked up.`;
  if (!read || read.ids.length === 0) return 'Name at least one case by its id.';
  if (act !== 'RETENTION' && reason.trim().length < RETENTION_REASON_MIN) return `Say why in at least ${RETENTION_REASON_MIN} characters.`;
  return null;
}

type Outcome = { title: string; refused: { id: number; message: string }[] } | { message: string };

const waits = (cases: number, verb: string) =>
  `Proposed to ${verb} ${cases} ${cases === 1 ? 'case' : 'cases'}. Nothing changes until a second reviewer agrees.`;

const ADVICE = 'It may be done or proposed already. Preview the cases again before you repeat it.';

async function erase(rule: ErasureRule, ids: number[], reason: string): Promise<Outcome> {
  const body = { rule, ids, reason: rule === 'REQUEST' ? reason : '', confirm: ids.length };
  const result = await ask('POST', '/api/retention/erasures', wireErased, { body, advice: ADVICE });
  if (!result.ok) return { message: result.message };
  if ('change' in result.value) return { title: waits(result.value.change.cases.length, 'erase'), refused: result.value.refused };
  const { erased, refused, exports } = result.value.result;
  const files = exports === 0 ? '' : ` ${exports} ${exports === 1 ? 'export' : 'exports'} lost the file.`;
  return { title: `${erased.length} of ${ids.length} erased. The proof stays.${files}`, refused };
}

async function hold(held: boolean, ids: number[], reason: string): Promise<Outcome> {
  const result = await ask('POST', '/api/retention/holds', wireHeld, { body: { ids, held, reason, confirm: ids.length }, advice: ADVICE });
  if (!result.ok) return { message: result.message };
  if ('change' in result.value)
    return { title: waits(result.value.change.cases.length, 'lift the hold on'), refused: result.value.refused };
  const { changed, refused } = result.value.result;
  return { title: `${changed.length} of ${ids.length} ${held ? 'put under legal hold' : 'let go'}.`, refused };
}
