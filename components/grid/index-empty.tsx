import { Inbox, SearchX } from 'lucide-react';
import { isFiltered, NO_FILTER, type SearchQuery } from '@/lib/domain/search-query';
import { Button } from '../ui/button';
import { GridMessage } from './grid-message';
import type { IndexAge } from './grid-page';
import { formatCount } from './page-range';

export interface IndexEmptyProps {
  query: SearchQuery;
  age: IndexAge;
  onQuery: (query: SearchQuery) => void;
  onLive: () => void;
  onRetry: () => void;
}

/** The index answered and found nothing: says which of the reasons it is, and the way on. */
export function IndexEmpty({ query, age, onQuery, onLive, onRetry }: IndexEmptyProps) {
  if (!age.isFilled) {
    const far = age.total === null ? '' : ` ${formatCount(age.done)} of ${formatCount(age.total)} records are in it so far.`;
    return (
      <GridMessage role="status" icon={SearchX} title="The index is still being filled" action={<Button onClick={onLive}>Ask live</Button>}>
        Nothing here does not mean that there is nothing.{far} The verification API itself has all of them.
      </GridMessage>
    );
  }
  if (isFiltered(query)) {
    return (
      <GridMessage
        role="status"
        icon={SearchX}
        title="No verifications match"
        action={<Button onClick={() => onQuery({ ...query, ...NO_FILTER })}>Clear the filters</Button>}
      >
        The index was asked and knows none like this. Take a filter off, or clear them all.
      </GridMessage>
    );
  }
  return (
    <GridMessage role="status" icon={Inbox} title="No verifications yet" action={<Button onClick={onRetry}>Look again</Button>}>
      They appear here within seconds of the verification API receiving one: an ID document and a selfie.
    </GridMessage>
  );
}
