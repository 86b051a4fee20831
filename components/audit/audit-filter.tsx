'use client';

import { useId } from 'react';
import { AUDIT_ACTIONS } from '@/lib/domain/audit-event';
import { DayField } from '../filters/day-field';
import { VerificationField } from '../filters/verification-field';
import { isEnter } from '../keyboard/composing';
import { Button } from '../ui/button';
import { type AuditQuery, NO_FILTER } from './audit-query';

export interface AuditFilterProps {
  query: AuditQuery;
  onChange: (query: AuditQuery) => void;
  field: React.Ref<HTMLInputElement>;
}

const FIELD = 'h-8 rounded-md border border-line-strong bg-bg px-2';

const SHOWN: readonly (readonly [AuditQuery['show'], string])[] = [
  ['', 'Without viewing'],
  ['reading', 'Viewing only'],
  ['all', 'All events'],
];

/** Narrows the log. Each change is one step of the browser's history, so back undoes it. */
export function AuditFilter({ query, onChange, field }: AuditFilterProps) {
  const id = useId();
  const set = (change: Partial<AuditQuery>) => onChange({ ...query, ...change });
  const filtered = Object.values(query).some((value) => value !== '');
  return (
    <search className="flex flex-wrap items-start gap-2">
      <VerificationField value={query.verification} onChange={(verification) => set({ verification })} inputRef={field} />
      <label className="grid gap-0.5 text-muted text-xs" htmlFor={`${id}-action`}>
        What
        <select
          id={`${id}-action`}
          value={query.action}
          onChange={({ target }) => set({ action: AUDIT_ACTIONS.find((action) => action === target.value) ?? '' })}
          className={`${FIELD} max-w-48 text-sm text-text`}
        >
          <option value="">anything</option>
          {AUDIT_ACTIONS.map((action) => (
            <option key={action} value={action}>
              {action}
            </option>
          ))}
        </select>
      </label>
      {query.action === '' && (
        <label className="grid gap-0.5 text-muted text-xs" htmlFor={`${id}-show`}>
          Show
          <select
            id={`${id}-show`}
            value={query.show}
            onChange={({ target }) => set({ show: SHOWN.find(([known]) => known === target.value)?.[0] ?? '' })}
            className={`${FIELD} text-sm text-text`}
          >
            {SHOWN.map(([known, label]) => (
              <option key={known} value={known}>
                {label}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="grid gap-0.5 text-muted text-xs">
        Who
        <input
          key={`a ${query.actor}`}
          defaultValue={query.actor}
          placeholder="part of a name"
          onBlur={({ target }) => target.value !== query.actor && set({ actor: target.value.trim() })}
          onKeyDown={(event) => isEnter(event) && event.currentTarget.blur()}
          className={`${FIELD} w-36 text-sm text-text`}
        />
      </label>
      <DayField label="From" value={query.from} onChange={(from) => set({ from })} />
      <DayField label="To" value={query.to} onChange={(to) => set({ to })} />
      {filtered && (
        <Button variant="quiet" onClick={() => onChange(NO_FILTER)} className="mt-4.5">
          Show everything
        </Button>
      )}
    </search>
  );
}
