'use client';

import type { CaseData } from '@/components/review/case-data';
import { CaseScreen } from '@/components/review/case-screen';
import { fetchCaseAhead } from './fetch-case-ahead';

/** The case, with the way to fetch the next one. */
export function CaseClient({ data }: { data: CaseData }) {
  return <CaseScreen data={data} fetchAhead={fetchCaseAhead} />;
}
