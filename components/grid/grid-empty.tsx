import { FileWarning, Inbox, SearchX } from 'lucide-react';
import { isolatedText } from '@/lib/domain/visible-text';
import { Button } from '../ui/button';
import { GridMessage } from './grid-message';
import type { GridPage } from './grid-page';
import { formatCount, lastPage } from './page-range';

export interface GridEmptyProps {
  page: GridPage;
  onQuery: (query: GridPage['query']) => void;
  onRetry: () => void;
}

/** A page that was answered and holds no rows: says which of the reasons it is, and the way on. */
export function GridEmpty({ page, onQuery, onRetry }: GridEmptyProps) {
  const { query, totalCount, unreadable } = page;
  if (unreadable > 0) {
    return (
      <GridMessage
        role="status"
        icon={FileWarning}
        title="None of these records could be read"
        action={<Button onClick={onRetry}>Try again</Button>}
      >
        The verification API sent {unreadable} for this page, in a form that is not known here.
      </GridMessage>
    );
  }
  if (totalCount > query.offset) {
    return (
      <GridMessage
        role="status"
        icon={FileWarning}
        title="The answer contradicts itself"
        action={<Button onClick={onRetry}>Try again</Button>}
      >
        The verification API counts {formatCount(totalCount)} records but sent none for this page.
      </GridMessage>
    );
  }
  if (totalCount > 0) {
    const last = lastPage(query, totalCount);
    return (
      <GridMessage
        role="status"
        icon={SearchX}
        title={`There are only ${formatCount(totalCount)} verifications`}
        action={<Button onClick={() => onQuery(last)}>Go to the last page</Button>}
      >
        This page would start after number {formatCount(query.offset)}, beyond the end.
      </GridMessage>
    );
  }
  if (query.tag) {
    const { name, value } = query.tag;
    return (
      <GridMessage
        role="status"
        icon={SearchX}
        title={`No verifications match ${isolatedText(name.slice(0, 80))} = ${isolatedText(value.slice(0, 300))}`}
        action={<Button onClick={() => onQuery({ ...query, tag: null, offset: 0 })}>Clear the filter</Button>}
      >
        The verification API was asked and knows none. Names and values are compared exactly as written.
      </GridMessage>
    );
  }
  return (
    <GridMessage role="status" icon={Inbox} title="No verifications yet" action={<Button onClick={onRetry}>Look again</Button>}>
      They appear here as soon as the verification API has received one: an ID document and a selfie, sent to{' '}
      <code className="font-mono text-text">POST /v1/verification</code>.
    </GridMessage>
  );
}
