import { columnOrderingFeature, columnVisibilityFeature, createColumnHelper, tableFeatures } from '@tanstack/react-table';
import { formatBytes } from '../ui/format-bytes';
import { LocalTime } from '../ui/local-time';
import { MachineResultPill } from '../ui/machine-result-pill';
import { CaseLink } from './case-link';
import { facesText, matchText, NOTHING } from './cell-text';
import { COLUMN_IDS, COLUMN_LABEL, type ColumnId } from './column-choice';
import { CustomerCell } from './customer-cell';
import { FindingsCell } from './findings-cell';
import type { GridRecord } from './grid-record';
import { StateCell } from './state-cell';

/** What a column shows of a row. */
export const CELL: Record<ColumnId, (record: GridRecord) => React.ReactNode> = {
  id: ({ id }) => <CaseLink id={id} />,
  result: ({ verification }) => (
    <span className="flex items-center">
      <MachineResultPill result={verification.machineResult} />
    </span>
  ),
  state: (record) => <StateCell record={record} />,
  customer: ({ verification }) => <CustomerCell verification={verification} />,
  idFile: ({ verification }) => <Text>{verification.idFileName}</Text>,
  idSize: ({ verification }) => <Bytes size={verification.idFileSize} />,
  idType: ({ verification }) => <Text>{verification.idFileType}</Text>,
  selfieFile: ({ verification }) => <Text>{verification.selfieFileName}</Text>,
  selfieSize: ({ verification }) => <Bytes size={verification.selfieFileSize} />,
  selfieType: ({ verification }) => <Text>{verification.selfieFileType}</Text>,
  faces: ({ verification }) => <span className="font-mono">{facesText(verification.faceCount)}</span>,
  match: (record) => <Match record={record} />,
  confidence: (record) => <LeastSure record={record} />,
  findings: ({ verification }) => <FindingsCell verification={verification} />,
  tags: ({ verification }) => <Text>{verification.tags.map(({ name, value }) => `${name} = ${value}`).join(', ')}</Text>,
  model: ({ verification }) => <Text>{[verification.model, verification.modelVersion].filter(Boolean).join(' ')}</Text>,
  reviewer: ({ review }) => <Text>{(review.status === 'known' && review.summary.decision?.by) || ''}</Text>,
  assignee: ({ review }) => <Text>{(review.status === 'known' && review.summary.assignee?.name) || ''}</Text>,
  decided: ({ review }) => <Moment at={(review.status === 'known' && review.summary.decision?.at) || null} />,
  received: ({ verification }) => <Moment at={verification.receivedAt} />,
};

/**
 * Rows come sorted and cut into pages by their source, and only those on the screen are drawn: the table keeps the columns, their
 * order and which are shown.
 */
export const features = tableFeatures({ columnOrderingFeature, columnVisibilityFeature });

const helper = createColumnHelper<typeof features, GridRecord>();

/** All columns; which are shown and in what order is the table's state, taken from the URL. */
export const gridColumns = helper.columns(COLUMN_IDS.map((id) => helper.accessor((record) => record.id, { id, header: COLUMN_LABEL[id] })));

function Text({ children }: { children: string }) {
  return children ? <span title={children}>{children}</span> : <Nothing />;
}

function Bytes({ size }: { size: number | null }) {
  return size === null ? <Nothing /> : <span className="font-mono">{formatBytes(size)}</span>;
}

function Moment({ at }: { at: number | null }) {
  return <span className="text-muted">{at === null ? NOTHING : <LocalTime at={at} />}</span>;
}

function Match({ record: { verification } }: { record: GridRecord }) {
  const { text, detail } = matchText(verification);
  return (
    <span title={detail} className={text === NOTHING ? 'text-faint' : 'font-mono'}>
      {text}
    </span>
  );
}

function LeastSure({ record: { verification } }: { record: GridRecord }) {
  const known = verification.faces.flatMap(({ confidence }) => (confidence === null ? [] : [confidence]));
  return known.length === 0 ? <Nothing /> : <span className="font-mono">{Math.min(...known).toFixed(3)}</span>;
}

function Nothing() {
  return <span className="text-faint">{NOTHING}</span>;
}
