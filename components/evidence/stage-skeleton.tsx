import { ScanFace } from 'lucide-react';

/** A picture that is on its way. */
export function StageSkeleton() {
  return (
    <div className="absolute inset-0 grid place-items-center text-white/40" aria-busy="true">
      <ScanFace aria-hidden="true" className="size-10 animate-pulse" strokeWidth={1.2} />
      <span className="sr-only">Loading the picture</span>
    </div>
  );
}
