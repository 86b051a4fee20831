import type { ReactNode } from 'react';
import { isolatedText, visibleText } from '@/lib/domain/visible-text';
import { formatBytes } from '../ui/format-bytes';
import { formatTime, timeHint } from '../ui/format-time';
import { MachineResultPill } from '../ui/machine-result-pill';
import { CaseLink } from './case-link';
import { facesText, matchText, NOTHING, noticedOf, stateDetail } from './cell-text';
import type { ColumnId } from './column-choice';
import { CustomerCell, customersOf, customersText } from './customer-cell';
import { FindingsCell } from './findings-cell';
import type { GridRecord } from './grid-record';
import { StateCell } from './state-cell';

/** What one cell shows. */
export interface Cell {
  /** Text alone, cut off where it does not fit, or the items of a line. */
  content: ReactNode;
  tone?: 'mono' | 'muted' | 'faint' | undefined;
  /** What pointing at it tells; asked for only then. */
  detail?: (() => string) | undefined;
  /** Its items may need more room than there is, and are cut off then; every such cell costs a little of each frame of scrolling. */
  isCut?: true;
}

/** What a column shows of a row; `isLooked` where the row is pointed at or the one the keys act on, times by the clock of `zone`. */
export const CELL: Record<ColumnId, (record: GridRecord, isLooked: boolean, zone: string) => Cell> = {
  id: ({ id }) => ({ content: <CaseLink id={id} /> }),
  result: ({ verification }) => ({ content: <MachineResultPill result={verification.machineResult} /> }),
  state: (record, _, zone) => ({ content: <StateCell record={record} />, isCut: true, detail: () => stateDetail(record, zone) }),
  customer: ({ verification }, isLooked) => ({
    content: <CustomerCell verification={verification} withFilters={isLooked} />,
    isCut: true,
    detail: () => customersText(customersOf(verification)),
  }),
  idFile: ({ verification }) => words(verification.idFileName),
  idSize: ({ verification }) => bytes(verification.idFileSize),
  idType: ({ verification }) => words(verification.idFileType),
  selfieFile: ({ verification }) => words(verification.selfieFileName),
  selfieSize: ({ verification }) => bytes(verification.selfieFileSize),
  selfieType: ({ verification }) => words(verification.selfieFileType),
  faces: ({ verification }) => ({ content: facesText(verification.faceCount), tone: 'mono' }),
  match: ({ verification }) => {
    const { text, detail } = matchText(verification);
    return { content: text, tone: text === NOTHING ? 'faint' : 'mono', detail: () => detail };
  },
  confidence: ({ verification }) => leastSure(verification.faces.flatMap(({ confidence }) => (confidence === null ? [] : [confidence]))),
  findings: ({ verification }) => ({
    content: <FindingsCell verification={verification} />,
    detail: () => noticedOf(verification)?.detail ?? '',
  }),
  tags: ({ verification }) =>
    words(verification.tags.map(({ name, value }) => `${isolatedText(name)} = ${isolatedText(value)}`).join(', ')),
  model: ({ verification }) => words([verification.model, verification.modelVersion].filter(Boolean).join(' ')),
  reviewer: ({ review }) => words((review.status === 'known' && review.summary.decision?.by) || ''),
  assignee: ({ review }) => words((review.status === 'known' && review.summary.assignee?.name) || ''),
  decided: ({ review }, _, zone) => moment((review.status === 'known' && review.summary.decision?.at) || null, zone),
  received: ({ verification }, _, zone) => moment(verification.receivedAt, zone),
};

const NO_CELL: Cell = { content: NOTHING, tone: 'faint' };

/** Characters of a text a cell can have room for. */
const WORDS_MAX = 300;

function words(text: string): Cell {
  const shown = visibleText(text.slice(0, WORDS_MAX));
  return text ? { content: shown, detail: () => shown } : NO_CELL;
}

function bytes(size: number | null): Cell {
  return size === null ? NO_CELL : { content: formatBytes(size), tone: 'mono' };
}

// The head of the column names the zone where the reader's clock is another.
function moment(at: number | null, zone: string): Cell {
  if (at === null) return NO_CELL;
  return { content: formatTime(at, 'short', zone), tone: 'muted', detail: () => timeHint(at, zone) };
}

function leastSure(known: number[]): Cell {
  return known.length === 0 ? NO_CELL : { content: Math.min(...known).toFixed(3), tone: 'mono' };
}
