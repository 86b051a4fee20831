import { EXTRACTS, type Extract, type ExtractFormat, TABLE_FORMATS } from '@/lib/domain/export';

/** What the form of an export shows, as its URL spells it. */
export interface ExportForm {
  kind: Extract;
  format: ExtractFormat;
  /** Everything the extract is narrowed to, by the names its list uses. */
  filter: URLSearchParams;
}

/** The parameters each kind understands; a change of kind takes along what the other understands too. */
const COMMON = ['from', 'to', 'customer', 'reviewer', 'outcome', 'tag'];
const OWN: Record<Extract, readonly string[]> = {
  population: ['decidedFrom', 'decidedTo'],
  'audit-log': ['action', 'actor', 'verification'],
  'case-pack': ['verification', 'files'],
};

export function readExportForm(params: URLSearchParams): ExportForm {
  const filter = new URLSearchParams(params);
  for (const name of ['kind', 'format']) filter.delete(name);
  const kind = EXTRACTS.find((known) => known === params.get('kind')) ?? 'audit-log';
  return { kind, format: formatFor(kind, params.get('format')), filter };
}

export function exportHref({ kind, format, filter }: ExportForm): string {
  const params = new URLSearchParams({ kind, ...(kind !== 'case-pack' && { format }) });
  for (const [name, value] of filter) params.append(name, value);
  return `/audit/exports?${params}`;
}

/** The same form for another kind of extract. */
export function withKind({ kind: before, format, filter }: ExportForm, kind: Extract): ExportForm {
  const kept = new URLSearchParams();
  const names = kind === 'case-pack' ? OWN[kind] : [...(before === 'case-pack' ? [] : COMMON), ...OWN[kind]];
  for (const [name, value] of filter) if (names.includes(name)) kept.append(name, value);
  return { kind, format: formatFor(kind, format), filter: kept };
}

/** The same form with one parameter set, or without it when the value is empty. */
export function withField(form: ExportForm, name: string, value: string): ExportForm {
  const filter = new URLSearchParams(form.filter);
  if (value === '') filter.delete(name);
  else filter.set(name, value);
  return { ...form, filter };
}

/** What came along from a list and has no field here: it narrows all the same, so it is shown. */
export function otherFilters({ kind, filter }: ExportForm): [name: string, value: string][] {
  const known = [...COMMON.filter((name) => name !== 'tag'), ...OWN[kind], ...PLACE];
  return [...filter].filter(([name, value]) => !known.includes(name) && value !== '');
}

/** Where one looks in a list says nothing about what an extract of it holds. */
const PLACE = ['sortBy', 'direction', 'limit', 'offset', 'cursor', 'count', 'columns'];

function formatFor(kind: Extract, format: string | null): ExtractFormat {
  if (kind === 'case-pack') return 'pack';
  return TABLE_FORMATS.find((known) => known === format) ?? (kind === 'population' ? 'csv' : 'jsonl');
}
