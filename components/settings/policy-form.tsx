'use client';

import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import * as z from 'zod/mini';
import { whyItTakesTwo } from '@/lib/domain/change/agreed-change';
import { changeView } from '@/lib/domain/change/change-view';
import { type Policy, type PolicySettings, policyInput } from '@/lib/domain/policy';
import { formatTagFilter, parseTagFilter } from '@/lib/domain/tag-filter';
import type { Tag } from '@/lib/domain/verification';
import { draftName } from '../drafts/draft-name';
import { keepDraft } from '../drafts/draft-store';
import { loadDraft } from '../drafts/load-draft';
import { ask } from '../review/post';
import { Button } from '../ui/button';
import { LongText } from '../ui/long-text';
import { Notice } from '../ui/notice';
import { Check } from './check';
import { MaskingFields, type MaskingValues, maskingOf, maskingValues } from './masking-fields';
import { TakesTwo } from './takes-two';

/** The version that was published, or the change that waits for a second reviewer. */
const answered = z.object({ change: z.optional(changeView) });

interface Fields extends MaskingValues {
  overridesToApproved: boolean;
  overridesToDeclined: boolean;
  /** One `name=value` a line. */
  tags: string;
  qaSharePercent: string;
  claimMinutes: string;
  slaHours: string;
  retentionDays: string;
  reason: string;
}

const NUMBERS = [
  { name: 'qaSharePercent', label: 'QA review', unit: '% of the decisions of one reviewer' },
  { name: 'claimMinutes', label: 'A claim lasts', unit: 'minutes without activity' },
  { name: 'slaHours', label: 'A case is due', unit: 'hours after it was received' },
  { name: 'retentionDays', label: 'A record is kept', unit: 'days after its case was resolved' },
] as const;

/** Changes the policy. What is typed survives a refusal and a reload; a version published meanwhile is not overwritten. */
export function PolicyForm({ policy, onChanged }: { policy: Policy; onChanged: (said: string) => void }) {
  const id = useId();
  const [fields, setFields, forget] = useKeptFields(policy);
  const [problem, setProblem] = useState<{ message: string; field?: string } | null>(null);
  const [sending, setSending] = useState(false);
  const why = whyTwo(policy, fields);
  const action = why === null ? `Publish version ${policy.version + 1}` : 'Propose change';
  const set = (change: Partial<Fields>) => setFields({ ...fields, ...change });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    const input = inputOf(policy.version, fields);
    if ('message' in input) return setProblem(input);
    setProblem(null);
    setSending(true);
    const result = await ask('POST', '/api/policies', answered, { body: input });
    setSending(false);
    if (!result.ok) return setProblem(result);
    forget();
    const version = policy.version + 1;
    onChanged(result.value.change ? 'The change is proposed and waits for a second reviewer.' : `Version ${version} is in force.`);
  };

  return (
    <form onSubmit={submit} noValidate className="grid gap-4 rounded-lg border border-line bg-surface p-4">
      <fieldset className="grid gap-1.5">
        <legend className="mb-1 font-semibold">Dual control: a second reviewer is needed for</legend>
        <Check
          label="Approvals that override the automated result"
          checked={fields.overridesToApproved}
          onChange={(overridesToApproved) => set({ overridesToApproved })}
        />
        <Check
          label="Declines that override the automated result"
          checked={fields.overridesToDeclined}
          onChange={(overridesToDeclined) => set({ overridesToDeclined })}
        />
        <label htmlFor={`${id}-tags`} className="mt-1">
          Every decision on a case with one of these tags, one name=value per line
        </label>
        <textarea
          id={`${id}-tags`}
          value={fields.tags}
          onChange={({ target }) => set({ tags: target.value })}
          rows={2}
          spellCheck={false}
          aria-invalid={problem?.field === 'tags' || undefined}
          className="field-sizing-content max-w-md rounded-md border border-line-strong bg-bg px-2.5 py-1.5 font-mono aria-invalid:border-bad"
        />
      </fieldset>
      <div className="grid gap-2">
        {NUMBERS.map(({ name, label, unit }) => (
          <label key={name} className="flex flex-wrap items-center gap-2">
            <span className="w-40">{label}</span>
            <input
              inputMode="decimal"
              value={fields[name]}
              onChange={({ target }) => set({ [name]: target.value })}
              aria-invalid={problem?.field === name || undefined}
              className="h-8 w-20 rounded-md border border-line-strong bg-bg px-2 text-right font-mono aria-invalid:border-bad"
            />
            <span className="text-muted">{unit}</span>
          </label>
        ))}
      </div>
      <MaskingFields values={fields} problemField={problem?.field} onChange={set} />
      <label htmlFor={`${id}-reason`} className="grid gap-1">
        Reason for the change (name no person: the text is kept)
        <LongText
          id={`${id}-reason`}
          value={fields.reason}
          onChange={(reason) => set({ reason })}
          rows={2}
          max={2000}
          aria-invalid={problem?.field === 'reason' || undefined}
          className="field-sizing-content"
        />
      </label>
      {why !== null && <TakesTwo why={why} />}
      {problem && <Notice tone="bad" title={problem.message} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" disabled={sending}>
          {sending ? 'Saving…' : action}
        </Button>
        <Button variant="quiet" onClick={forget}>
          Back to the rules in force
        </Button>
      </div>
    </form>
  );
}

function fieldsOf({ settings }: Policy): Fields {
  const { fourEyes, qaSharePercent, claimMinutes, slaHours, retentionDays } = settings;
  return {
    overridesToApproved: fourEyes.overridesToApproved,
    overridesToDeclined: fourEyes.overridesToDeclined,
    tags: fourEyes.tags.map(formatTagFilter).join('\n'),
    qaSharePercent: String(qaSharePercent),
    claimMinutes: String(claimMinutes),
    slaHours: String(slaHours),
    retentionDays: String(retentionDays),
    ...maskingValues(settings.masking),
    reason: '',
  };
}

/** Returns why the form as it stands takes a second reviewer; null also while it cannot be read. */
function whyTwo({ version, settings: before }: Policy, fields: Fields): string | null {
  // The reason is looked at when it is sent.
  const input = inputOf(version, { ...fields, reason: 'not looked at' });
  return 'message' in input ? null : whyItTakesTwo('', { kind: 'POLICY', version, before, settings: input.settings });
}

/** What the form says as the server takes it, or what stands in the way and where. */
function inputOf(
  version: number,
  fields: Fields,
): { version: number; settings: PolicySettings; reason: string } | { message: string; field: string } {
  const tags: Tag[] = [];
  for (const line of fields.tags.split('\n').filter((text) => text.trim() !== '')) {
    const tag = parseTagFilter(line);
    if (!tag || tag.value === '') return { message: `“${line.trim()}” is not a tag. Write it as name=value.`, field: 'tags' };
    tags.push(tag);
  }
  const number = (text: string) => (text.trim() === '' ? Number.NaN : Number(text));
  const parsed = policyInput.safeParse({
    version,
    settings: {
      fourEyes: { overridesToApproved: fields.overridesToApproved, overridesToDeclined: fields.overridesToDeclined, tags },
      ...Object.fromEntries(NUMBERS.map(({ name }) => [name, number(fields[name])])),
      masking: maskingOf(fields),
    },
    reason: fields.reason,
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = String(issue?.path.at(-1) ?? '');
  const label = NUMBERS.find(({ name }) => name === field)?.label;
  return { message: [label, issue?.message].filter(Boolean).join(': '), field };
}

// Kept for the version it was begun on: on another version the same words might mean something else.
function useKeptFields(policy: Policy): [Fields, (fields: Fields) => void, () => void] {
  const kind = `policy-${policy.version}`;
  const [fields, setFields] = useState(() => fieldsOf(policy));
  const isTyped = useRef(false);
  useEffect(
    () =>
      loadDraft(draftName(null, kind), (text) => {
        if (!isTyped.current && text !== null) setFields((now) => merged(now, parsed(text)));
      }),
    [kind],
  );
  const change = (next: Fields) => {
    isTyped.current = true;
    setFields(next);
    keepDraft(draftName(null, kind), JSON.stringify(next));
  };
  const forget = () => {
    setFields(fieldsOf(policy));
    keepDraft(draftName(null, kind), null);
  };
  return [fields, change, forget];
}

function parsed(text: string): object {
  try {
    const kept: unknown = JSON.parse(text);
    return typeof kept === 'object' && kept !== null ? kept : {};
  } catch {
    return {};
  }
}

function merged(now: Fields, kept: object): Fields {
  const entries = Object.entries(kept).filter(([name, value]) =>
    Object.entries(now).some(([known, mine]) => known === name && typeof mine === typeof value),
  );
  return { ...now, ...Object.fromEntries(entries) };
}
