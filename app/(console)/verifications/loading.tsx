import { GridSkeleton } from '@/components/grid/grid-skeleton';

export default function Loading() {
  return (
    <section className="flex min-h-0 flex-1 flex-col sm:h-[calc(100dvh-44px-var(--notices,0px))] sm:flex-none">
      <div className="h-[45px] shrink-0 border-line border-b bg-surface" />
      <div className="h-[46px] shrink-0 border-line border-b bg-surface" />
      <GridSkeleton rows={25} />
      <div className="h-10 shrink-0 border-line border-t bg-surface" />
    </section>
  );
}
