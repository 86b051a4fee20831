import { useEffect, useState } from 'react';
import { evidenceFindings } from '@/lib/domain/finding';
import { fetchStates, type KnownEvidence } from '../evidence/fetch-states';
import { Pill } from '../ui/pill';

/** What is wrong with the files of a record, asked for whenever another of its pictures has come or has failed: `came` counts them. */
export function PeekEvidence({ caseId, came }: { caseId: number; came: number }) {
  const [known, setKnown] = useState<KnownEvidence | null>(null);
  useEffect(() => {
    if (came === 0) return;
    let isLeft = false;
    void fetchStates({ caseId, blind: false }).then((answer) => !isLeft && setKnown(answer));
    return () => {
      isLeft = true;
    };
  }, [caseId, came]);
  const findings = evidenceFindings(known?.files ?? [], null);
  if (findings.length === 0) return null;
  return (
    <ul className="grid gap-1 pt-2">
      {findings.map(({ label, detail }) => (
        <li key={detail} className="text-xs [overflow-wrap:anywhere]">
          <Pill tone="bad">{label}</Pill> {detail}
        </li>
      ))}
    </ul>
  );
}
