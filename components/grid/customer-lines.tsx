import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { formatTag } from '@/lib/domain/search-query';
import { type Tag, tagValues, type Verification } from '@/lib/domain/verification';
import { isolatedText } from '@/lib/domain/visible-text';
import { ask } from '../review/post';
import { PeekLine } from './peek-line';
import { useRested } from './use-rested';

const CUSTOMER = 'customerId';
const FRESH_MS = 60_000;

const answered = z.object({ records: z.int(), declined: z.int(), capped: z.boolean() });
type Tally = z.infer<typeof answered>;

/** Whether a tag has no line among those of `CustomerLines`. */
export const isNoCustomer = ({ name, value }: Tag) => name !== CUSTOMER || value === '';

/** What else is known of each customer the record names: how many records there are, and how many of them were declined. */
export function CustomerLines({ verification }: { verification: Verification }) {
  const rested = useRested(verification.id);
  const values = [...new Set(tagValues(verification, CUSTOMER))].filter((value) => value !== '');
  return values.map((value) => <CustomerLine key={value} value={value} asking={rested === verification.id} />);
}

function CustomerLine({ value, asking }: { value: string; asking: boolean }) {
  const { data, isError } = useQuery({
    queryKey: ['customer-tally', value],
    queryFn: async () => {
      const tag = encodeURIComponent(formatTag({ name: CUSTOMER, value }));
      const result = await ask('GET', `/api/tags/tally?tag=${tag}`, answered);
      if (!result.ok) throw new Error(result.message);
      return result.value;
    },
    enabled: asking,
    staleTime: FRESH_MS,
  });
  return (
    <PeekLine name={`Customer ${isolatedText(value.slice(0, 80))}`}>
      <span className="text-muted">{data ? tallyText(data) : isError ? 'unknown here' : '…'}</span>
    </PeekLine>
  );
}

/** "13 records, 2 declined". */
function tallyText({ records, declined, capped }: Tally): string {
  const more = capped ? '+' : '';
  const counted = `${records.toLocaleString('en-GB')}${more} record${records === 1 && !capped ? '' : 's'}`;
  return `${counted}, ${declined === 0 && !capped ? 'none' : `${declined.toLocaleString('en-GB')}${more}`} declined`;
}
