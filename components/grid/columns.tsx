import {
  columnOrderingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table';
import type { Verification } from '@/lib/domain/verification';
import { formatBytes } from '../ui/format-bytes';
import { LocalTime } from '../ui/local-time';
import { MachineResultPill } from '../ui/machine-result-pill';
import { CaseLink } from './case-link';
import { facesText, matchText, NOTHING } from './cell-text';
import { COLUMN_IDS, COLUMN_LABEL, type ColumnId } from './column-choice';
import { CustomerCell } from './customer-cell';
import { FindingsCell } from './findings-cell';
import { SORTS, sortFieldOf } from './sorting';
import { StateCell } from './state-cell';

/** Rows come sorted and cut into pages by the upstream: only what the header and the column choice need. */
export const features = tableFeatures({ columnOrderingFeature, columnVisibilityFeature, rowSortingFeature });

const CELL: Record<ColumnId, (verification: Verification) => React.ReactNode> = {
  id: ({ id }) => <CaseLink id={id} />,
  result: ({ machineResult }) => (
    <span className="flex">
      <MachineResultPill result={machineResult} />
    </span>
  ),
  state: ({ id }) => <StateCell id={id} />,
  customer: (verification) => <CustomerCell verification={verification} />,
  idFile: ({ idFileName }) => <Text>{idFileName}</Text>,
  idSize: ({ idFileSize }) => <Bytes size={idFileSize} />,
  idType: ({ idFileType }) => <Text>{idFileType}</Text>,
  selfieFile: ({ selfieFileName }) => <Text>{selfieFileName}</Text>,
  selfieSize: ({ selfieFileSize }) => <Bytes size={selfieFileSize} />,
  selfieType: ({ selfieFileType }) => <Text>{selfieFileType}</Text>,
  faces: ({ faceCount }) => <span className="font-mono">{facesText(faceCount)}</span>,
  match: (verification) => <Match verification={verification} />,
  findings: (verification) => <FindingsCell verification={verification} />,
  tags: ({ tags }) => <Text>{tags.map(({ name, value }) => `${name} = ${value}`).join(', ')}</Text>,
  model: ({ model, modelVersion }) => <Text>{[model, modelVersion].filter(Boolean).join(' ')}</Text>,
  received: ({ receivedAt }) => (
    <span className="text-muted">
      <LocalTime at={receivedAt} />
    </span>
  ),
};

const helper = createColumnHelper<typeof features, Verification>();

/** All columns; which are shown and in what order is the table's state, taken from the URL. */
export const gridColumns = helper.columns(
  COLUMN_IDS.map((id) => {
    const field = sortFieldOf(id);
    return helper.accessor((verification) => verification.id, {
      id,
      header: COLUMN_LABEL[id],
      cell: ({ row }) => CELL[id](row.original),
      enableSorting: field !== undefined,
      sortDescFirst: field !== undefined && SORTS[field].first === 'desc',
    });
  }),
);

function Text({ children }: { children: string }) {
  return children ? <span title={children}>{children}</span> : <span className="text-faint">{NOTHING}</span>;
}

function Bytes({ size }: { size: number | null }) {
  return size === null ? <span className="text-faint">{NOTHING}</span> : <span className="font-mono">{formatBytes(size)}</span>;
}

function Match({ verification }: { verification: Verification }) {
  const { text, detail } = matchText(verification);
  return (
    <span title={detail} className={text === NOTHING ? 'text-faint' : 'font-mono'}>
      {text}
    </span>
  );
}
