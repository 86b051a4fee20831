import type { EvidenceState } from '@/lib/domain/evidence-state';
import { KIND_FACTS } from '@/lib/domain/file-kind';
import type { EvidenceCategory, EvidenceFile } from '@/lib/domain/verification';
import { oddities } from '../media/about-file';
import type { FileFacts } from '../media/file-facts';
import type { PictureState } from '../media/picture-state';
import { Button } from '../ui/button';
import { ForeignText } from '../ui/foreign-text';
import { formatBytes } from '../ui/format-bytes';
import { LocalTime } from '../ui/local-time';
import type { CaseHistory } from './case-data';
import { FileHistory, FileState } from './file-state';
import { Section } from './section';

export interface FilesPanelProps {
  files: EvidenceFile[];
  /** What is known of the files by their names. */
  states: readonly EvidenceState[];
  /** Reads all files again; null while there is nothing to read. */
  check: { run: () => void; running: boolean } | null;
  /** Encrypted copies that were kept of them. */
  copies?: CaseHistory['copies'];
  /** What was found out by looking into the files themselves. */
  pictures: Record<EvidenceCategory, PictureState>;
}

/** The files of the record: what they are by their own bytes, and whether those are still the bytes that were seen before. */
export function FilesPanel({ files, states, check, copies = [], pictures }: FilesPanelProps) {
  return (
    <Section title="Files" aside={check && <CheckNow states={states} check={check} />}>
      {files.length === 0 && <p className="text-muted">The record names none.</p>}
      <ul className="divide-y divide-line">
        {files.map((file, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a record never changes, and its files may share a name
          <li key={index} className="grid gap-0.5 py-1.5">
            <File file={file} state={states.find(({ name }) => name === file.name)} picture={pictures[file.category]} />
            <Kept copy={copies.find(({ name }) => name === file.name)} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function CheckNow({ states, check }: { states: readonly EvidenceState[]; check: { run: () => void; running: boolean } }) {
  const times = states.flatMap(({ checkedAt }) => checkedAt ?? []);
  return (
    <span className="flex items-center gap-2">
      {times.length > 0 && (
        <span>
          checked <LocalTime at={Math.min(...times)} />
        </span>
      )}
      <Button small disabled={check.running} onClick={check.run}>
        {check.running ? 'Checking…' : 'Check now'}
      </Button>
    </span>
  );
}

function File({ file, state, picture }: { file: EvidenceFile; state: EvidenceState | undefined; picture: PictureState }) {
  const about = 'about' in picture ? picture.about : null;
  const size = picture.status === 'ready' || (picture.status === 'unreadable' && about?.size) ? sizeText(picture, about) : null;
  const kind = about ? KIND_FACTS[about.kind].words.replace(/^an? /, '').replace(/ picture$/, '') : (file.contentType ?? 'type unknown');
  return (
    <>
      <div className="flex flex-wrap justify-between gap-x-3 gap-y-0.5">
        <span className="min-w-0 truncate" title={file.name ?? undefined}>
          <ForeignText text={file.fileName || file.name || 'unnamed'} />
        </span>
        {state && <FileState state={state} />}
      </div>
      <p className="text-muted text-xs tabular-nums">{[kind, size, formatBytes(about?.bytes ?? file.size)].filter(Boolean).join(' · ')}</p>
      {about?.camera && <Camera about={about} />}
      {about && oddities(about).map((sentence) => <Oddity key={sentence}>{sentence}</Oddity>)}
      {about && file.size !== null && file.size !== about.bytes && <Oddity>{`The record says ${formatBytes(file.size)}.`}</Oddity>}
      {state && <FileHistory state={state} />}
    </>
  );
}

function sizeText(picture: PictureState, about: FileFacts | null): string | null {
  const size = picture.status === 'ready' ? picture.size : (about?.size ?? null);
  return size && `${size.width} × ${size.height}`;
}

function Camera({ about: { camera } }: { about: FileFacts }) {
  const told = [camera?.takenAt && `taken ${camera.takenAt}`, camera?.camera, camera?.software && `written by ${camera.software}`].filter(
    Boolean,
  );
  return (
    <p className="text-muted text-xs [overflow-wrap:anywhere]" title="EXIF: the camera’s own word, which anybody can change">
      {told.length > 0 ? told.join(' · ') : 'no camera data'}
    </p>
  );
}

function Oddity({ children }: { children: string }) {
  return <p className="text-warn text-xs">{children}</p>;
}

function Kept({ copy }: { copy: CaseHistory['copies'][number] | undefined }) {
  if (!copy) return null;
  return (
    <p className="text-faint text-xs">
      encrypted copy of <LocalTime at={copy.keptAt} />, shown when the upstream lost the file
    </p>
  );
}
