'use client';

import { useState } from 'react';
import { canAcknowledge, type EvidenceState } from '@/lib/domain/evidence-state';
import type { Finding } from '@/lib/domain/finding';
import { lazyPart } from '../parts/lazy-part';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';

const AcknowledgeForm = lazyPart(() => import('./acknowledge-form'), { name: 'This form' });

export interface EvidenceBannerProps {
  caseId: number;
  findings: readonly Finding[];
  files: readonly EvidenceState[];
  /** Whether the viewer decides cases, and may therefore acknowledge a difference. */
  mayAcknowledge: boolean;
  /** A difference was acknowledged: what is known changed. */
  onAcknowledged: () => void;
}

/** What is wrong with the files, above the pictures: a mismatch in red, one that is over but open in amber, a lost file with its reason. */
export function EvidenceBanner({ caseId, findings, files, mayAcknowledge, onAcknowledged }: EvidenceBannerProps) {
  const [open, setOpen] = useState<string | null>(null);
  if (findings.length === 0) return null;
  const differs = files.some(({ state }) => state === 'differs');
  const lost = files.some(({ state }) => state === 'lost');
  const settled = mayAcknowledge ? files.filter(canAcknowledge) : [];
  return (
    <Notice tone={differs || lost ? 'bad' : 'warn'} title={titleOf(differs, lost)} className="mx-2.5 mt-2.5">
      {findings.map(({ detail }) => (
        <p key={detail} className="[overflow-wrap:anywhere]">
          {detail}
        </p>
      ))}
      {differs && <p>Do not decide on it before you know why. Both fingerprints are in the audit trail.</p>}
      {settled.map(({ name }) =>
        open === name ? (
          <AcknowledgeForm
            key={name}
            caseId={caseId}
            file={name}
            onClose={() => setOpen(null)}
            onDone={() => {
              setOpen(null);
              onAcknowledged();
            }}
          />
        ) : (
          <Button key={name} small className="mt-1.5" onClick={() => setOpen(name)}>
            Acknowledge difference
          </Button>
        ),
      )}
    </Notice>
  );
}

function titleOf(differs: boolean, lost: boolean): string {
  if (differs) return 'The evidence is not what it was';
  return lost ? 'A file cannot be read' : 'A file held other bytes for a time';
}
