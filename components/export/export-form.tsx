'use client';

import type { Ref } from 'react';
import { AUDIT_ACTIONS } from '@/lib/domain/audit-event';
import { EXTRACT_LABEL, EXTRACTS, type Extract, TABLE_FORMATS } from '@/lib/domain/export';
import { DECISION_OUTCOMES, OUTCOME_LABEL } from '@/lib/domain/reason-codes';
import { isolatedText } from '@/lib/domain/visible-text';
import { DayField } from '../filters/day-field';
import { VerificationField } from '../filters/verification-field';
import { Button } from '../ui/button';
import { ForeignText } from '../ui/foreign-text';
import { Pill } from '../ui/pill';
import { type ExportForm as Form, otherFilters, withField, withKind } from './export-url';
import { SelectField, TextField } from './fields';
import { FORMAT_LABEL, FORMAT_NOTE } from './format-text';
import { useRowCount } from './use-row-count';

export interface ExportFormProps {
  form: Form;
  onChange: (form: Form) => void;
  onExport: () => void;
  busy: boolean;
  reviewers: { id: string; name: string }[];
  first: Ref<HTMLInputElement>;
}

const ABOUT: Record<Extract, string> = {
  population: 'Every record under the filter, with its review state, the decision in force, and whether its evidence is still what it was.',
  'audit-log': 'Every event under the filter, up to this moment. As JSON lines it can be verified offline, event by event.',
  'case-pack':
    'One case: the record, both files, the pictures with every face drawn in, all of it as a PDF, and its events with their proof.',
};

/** What to export: the kind, what it is narrowed to, how many rows that is now. */
export function ExportForm({ form, onChange, onExport, busy, reviewers, first }: ExportFormProps) {
  const { kind, format, filter } = form;
  const field = (name: string) => ({
    value: filter.get(name) ?? '',
    onChange: (value: string) => onChange(withField(form, name, value)),
  });
  const missing = kind === 'case-pack' && !filter.get('verification');
  return (
    <section aria-labelledby="new-export" className="grid gap-3 rounded-lg border border-line bg-surface p-4">
      <h2 id="new-export" className="font-semibold text-lg">
        New export
      </h2>
      <fieldset className="flex flex-wrap gap-x-5 gap-y-1">
        <legend className="sr-only">What to export</legend>
        {EXTRACTS.map((known, index) => (
          <label key={known} className="flex items-center gap-1.5 font-medium">
            <input
              ref={index === 0 ? first : undefined}
              type="radio"
              name="kind"
              checked={kind === known}
              onChange={() => onChange(withKind(form, known))}
              className="accent-accent"
            />
            {EXTRACT_LABEL[known]}
          </label>
        ))}
      </fieldset>
      <p className="text-muted">{ABOUT[kind]}</p>
      <div className="flex flex-wrap items-end gap-x-3 gap-y-2">
        {kind === 'case-pack' ? (
          <>
            <VerificationField {...field('verification')} />
            <label className="flex h-8 items-center gap-1.5">
              <input
                type="checkbox"
                checked={filter.get('files') !== 'no'}
                onChange={({ target }) => field('files').onChange(target.checked ? '' : 'no')}
                className="accent-accent"
              />
              with the evidence files
            </label>
          </>
        ) : (
          <>
            <DayField label={kind === 'population' ? 'Received from' : 'From'} {...field('from')} />
            <DayField label={kind === 'population' ? 'Received to' : 'To'} {...field('to')} />
            {kind === 'population' && (
              <>
                <DayField label="Decided from" {...field('decidedFrom')} />
                <DayField label="Decided to" {...field('decidedTo')} />
              </>
            )}
            <TextField label="Customer" {...field('customer')} placeholder="customerId" />
            <SelectField label="Reviewer" {...field('reviewer')} any="anybody" options={reviewers.map(({ id, name }) => [id, name])} />
            <SelectField
              label="Outcome"
              {...field('outcome')}
              any="any"
              options={DECISION_OUTCOMES.map((outcome) => [outcome, OUTCOME_LABEL[outcome]])}
            />
            {kind === 'audit-log' && (
              <>
                <SelectField label="What" {...field('action')} any="anything" options={AUDIT_ACTIONS.map((action) => [action, action])} />
                <VerificationField {...field('verification')} />
              </>
            )}
            <TagField onAdd={(tag) => onChange({ ...form, filter: withTag(filter, tag) })} />
            <SelectField
              label="Format"
              value={format}
              onChange={(value) => onChange({ ...form, format: TABLE_FORMATS.find((known) => known === value) ?? 'csv' })}
              options={TABLE_FORMATS.map((known) => [known, FORMAT_LABEL[known]])}
            />
          </>
        )}
      </div>
      {format !== 'pack' && <p className="max-w-3xl text-muted text-xs">{FORMAT_NOTE[format]}</p>}
      <Others form={form} onChange={onChange} />
      <div className="flex flex-wrap items-center gap-3">
        <Button variant="primary" onClick={onExport} disabled={busy || missing}>
          {busy ? 'Beginning…' : 'Export'}
        </Button>
        {kind !== 'case-pack' && <Preview kind={kind} filter={filter} />}
        {missing && <span className="text-muted">Name the verification.</span>}
      </div>
    </section>
  );
}

function Preview({ kind, filter }: { kind: Extract; filter: URLSearchParams }) {
  const count = useRowCount(kind, filter);
  const noun = kind === 'population' ? 'record' : 'event';
  return (
    <span aria-live="polite" className={count.status === 'refused' ? 'text-bad' : 'text-muted'}>
      {count.status === 'counting' && 'Counting…'}
      {count.status === 'refused' && count.message}
      {count.status === 'known' && `${count.rows.toLocaleString('en-GB')} ${noun}${count.rows === 1 ? '' : 's'} now`}
    </span>
  );
}

function TagField({ onAdd }: { onAdd: (tag: string) => void }) {
  return (
    <TextField
      label="Tag"
      placeholder="name=value"
      value=""
      onChange={(text) => {
        const at = text.indexOf('=');
        if (at > 0) onAdd(`${encodeURIComponent(text.slice(0, at).trim())}=${encodeURIComponent(text.slice(at + 1).trim())}`);
      }}
    />
  );
}

/** What narrows the extract besides the fields, each to be taken away. */
function Others({ form, onChange }: { form: Form; onChange: (form: Form) => void }) {
  const others = otherFilters(form);
  if (others.length === 0) return null;
  const without = (name: string, value: string) => {
    const filter = new URLSearchParams();
    for (const [known, its] of form.filter) if (known !== name || its !== value) filter.append(known, its);
    onChange({ ...form, filter });
  };
  return (
    <ul aria-label="Also narrowed to" className="flex flex-wrap items-center gap-2">
      {others.map(([name, value]) => (
        <li key={`${name} ${value}`} className="flex items-center">
          <Pill tone="plain" bare>
            <span className="pl-1 [overflow-wrap:anywhere]">
              {name} <ForeignText text={name === 'tag' ? decoded(value) : value} />
            </span>
          </Pill>
          <Button small variant="quiet" onClick={() => without(name, value)} aria-label={`Without ${name} ${isolatedText(value)}`}>
            ×
          </Button>
        </li>
      ))}
    </ul>
  );
}

function withTag(filter: URLSearchParams, tag: string): URLSearchParams {
  const next = new URLSearchParams(filter);
  if (!next.getAll('tag').includes(tag)) next.append('tag', tag);
  return next;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
