import { EyeOff } from 'lucide-react';
import { useState } from 'react';
import type { Verification } from '@/lib/domain/verification';
import { useSpaceSetting } from '../evidence/use-space-setting';
import { Veil } from '../privacy/veil';
import { useViewing } from '../privacy/viewing-context';
import { PeekEvidence } from './peek-evidence';
import { PeekPicture } from './peek-picture';
import { useRested } from './use-rested';

/**
 * Both pictures of a record, small, in the veil of whoever looks. Where they are blurred until revealed, none is fetched: revealing
 * is an act on a case, not on a row one passes.
 */
export function PeekPictures({ verification }: { verification: Verification }) {
  const { id } = verification;
  const { viewing } = useViewing();
  const rested = useRested(id);
  const [came, setCame] = useState(0);
  const setting = useSpaceSetting();
  if (viewing.masked) {
    return (
      <p className="grid h-36 place-content-center justify-items-center gap-1 rounded-md border border-line border-dashed p-3 text-center text-muted">
        <EyeOff aria-hidden="true" className="size-4" />
        Pictures are blurred. Open the case to reveal them.
      </p>
    );
  }
  return (
    <>
      <Veil key={id} caseId={id} compact>
        <div className="grid grid-cols-2 gap-1.5">
          {(['id', 'face'] as const).map((category) =>
            rested === id ? (
              <PeekPicture key={category} {...{ verification, category, setting }} onCame={() => setCame((count) => count + 1)} />
            ) : (
              <span key={category} className="block h-36 rounded-md bg-raised" />
            ),
          )}
        </div>
      </Veil>
      <PeekEvidence key={`${id} evidence`} caseId={id} came={came} />
    </>
  );
}
