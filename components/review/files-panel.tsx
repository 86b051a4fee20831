import type { EvidenceFile } from '@/lib/domain/verification';
import { formatBytes } from '../ui/format-bytes';
import { LocalTime } from '../ui/local-time';
import { Pill } from '../ui/pill';
import type { CaseHistory, SeenFile } from './case-data';
import { Section } from './section';

/** The files of the record: what they are, and whether they are still the bytes that were seen before. */
export function FilesPanel({ files, seen, copies = [] }: { files: EvidenceFile[]; seen: SeenFile[]; copies?: CaseHistory['copies'] }) {
  return (
    <Section title="Files">
      {files.length === 0 && <p className="text-muted">The record names none.</p>}
      <ul className="divide-y divide-line">
        {files.map((file, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a record never changes, and its files may share a name
          <li key={index} className="grid gap-0.5 py-1">
            <div className="flex justify-between gap-3">
              <span className="min-w-0 truncate" title={file.name ?? undefined}>
                {file.fileName || file.name || 'unnamed'}
              </span>
              <span className="shrink-0 text-muted text-xs">
                {file.contentType ?? 'type unknown'} · {formatBytes(file.size)}
              </span>
            </div>
            <Seen seen={seen.find(({ name }) => name === file.name)} />
            <Kept copy={copies.find(({ name }) => name === file.name)} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Kept({ copy }: { copy: CaseHistory['copies'][number] | undefined }) {
  if (!copy) return null;
  return (
    <p className="text-faint text-xs">
      encrypted copy of <LocalTime at={copy.keptAt} />, shown when the upstream lost the file
    </p>
  );
}

function Seen({ seen }: { seen: SeenFile | undefined }) {
  if (!seen) return <p className="text-faint text-xs">sha256 known once it was seen whole</p>;
  return (
    <div className="flex items-center justify-between gap-3 text-xs">
      <code title={`sha256 ${seen.sha256}`} className="font-mono text-2xs text-muted">
        <span className="sr-only">sha256 </span>
        {seen.sha256.slice(0, 12)}…{seen.sha256.slice(-4)}
      </code>
      {seen.changed ? (
        <Pill tone="bad">changed since first seen</Pill>
      ) : (
        <span className="text-ok">
          unchanged since <LocalTime at={seen.firstSeenAt} />
        </span>
      )}
    </div>
  );
}
