import { useSyncExternalStore } from 'react';
import { acceptUnchecked, onUncheckedChange, uncheckedOf } from './unchecked-in-use';

const SUBJECT = { id: 'ID document', face: 'selfie' } as const;

/** Asks a reviewer whose verdict was refused as not compared whether to record it all the same. */
export function ConfirmUnchecked({ caseId }: { caseId: number }) {
  const files = useSyncExternalStore(
    onUncheckedChange,
    () => uncheckedOf(caseId),
    () => null,
  );
  if (!files || files.sides.length === 0) return null;
  const subjects = files.sides.map((side) => SUBJECT[side]).join(' and the ');
  return (
    <label className="flex items-center gap-2">
      <input
        type="checkbox"
        checked={files.isAccepted}
        onChange={({ target }) => acceptUnchecked(caseId, target.checked)}
        className="size-4 accent-accent"
      />
      The {subjects} could not be compared with what you were shown. Go on without a comparison; the record says so.
    </label>
  );
}
