import { formatBytes } from '../ui/format-bytes';
import type { EvidenceSide } from './use-evidence';

/** What is shown: side, file, size in pixels and bytes, type, zoom. */
export function StageHeader({ side: { title, file, picture, view } }: { side: EvidenceSide }) {
  const ready = picture.status === 'ready' ? picture : null;
  const type = ready?.type || file?.contentType;
  const facts = [
    ready && `${ready.size.width} × ${ready.size.height}`,
    formatBytes(ready?.bytes ?? file?.size ?? null),
    type?.replace(/^(image|video)\//, ''),
  ];
  return (
    <header className="flex min-w-0 items-center gap-2 border-line border-b px-2.5">
      <h2 className="shrink-0 font-semibold">{title}</h2>
      <span className="min-w-0 truncate text-muted" title={file?.fileName}>
        {file?.fileName || 'no file named'}
      </span>
      <span className="shrink-0 whitespace-nowrap text-faint text-xs tabular-nums">{facts.filter(Boolean).join(' · ')}</span>
      {view.view && (
        <span className="ml-auto shrink-0 text-faint tabular-nums text-xs">
          <span className="sr-only">Zoom </span>
          {Math.round(view.view.scale * 100)}%
        </span>
      )}
    </header>
  );
}
