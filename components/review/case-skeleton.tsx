import { StageSkeleton } from '../evidence/stage-skeleton';

/** A case that is on its way, in the layout it will have. */
export function CaseSkeleton() {
  return (
    <div aria-busy="true" className="flex min-w-0 flex-1 flex-col lg:h-[calc(100dvh-44px-var(--notices,0px))] lg:flex-none">
      <p role="status" className="sr-only">
        Loading the case
      </p>
      <div className="flex min-h-[46px] items-center gap-3 border-line border-b bg-surface px-4">
        <Bar className="h-7 w-14" />
        <Bar className="h-5 w-44" />
        <Bar className="h-7 w-14" />
        <Bar className="h-5 w-24" />
      </div>
      <div className="grid min-h-0 flex-1 lg:grid-cols-[minmax(0,1fr)_348px]">
        <div className="grid min-h-0 auto-rows-[minmax(300px,1fr)] gap-2.5 p-2.5 lg:grid-cols-[1.25fr_1fr] lg:pb-11">
          <SkeletonStage />
          <SkeletonStage />
        </div>
        <div className="grid content-start gap-4 border-line bg-surface p-4 max-lg:border-t lg:border-l">
          {[24, 10, 10, 16, 10, 10, 24, 10].map((height, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity
            <Bar key={index} className="w-full" style={{ height }} />
          ))}
        </div>
      </div>
      <div className="flex h-[55px] items-center gap-2 border-line border-t bg-surface px-4">
        <Bar className="h-8 w-24" />
        <Bar className="h-8 w-24" />
        <Bar className="h-8 w-24" />
      </div>
    </div>
  );
}

function SkeletonStage() {
  return (
    <div className="grid grid-rows-[30px_1fr] overflow-hidden rounded-lg border border-line bg-surface">
      <div className="border-line border-b" />
      <div className="relative bg-matte">
        <StageSkeleton />
      </div>
    </div>
  );
}

function Bar({ className, style }: { className: string; style?: React.CSSProperties }) {
  return <div className={`animate-pulse rounded-md bg-line ${className}`} style={style} />;
}
