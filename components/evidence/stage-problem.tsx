import { FileQuestion, FileWarning, FileX, Link2Off } from 'lucide-react';
import type { ReactNode } from 'react';
import { KIND_FACTS } from '@/lib/domain/file-kind';
import { kindSentence, savingRisk } from '../media/about-file';
import { Button, buttonClass } from '../ui/button';
import { formatBytes } from '../ui/format-bytes';
import { fileUrl, type PictureState } from './use-picture';

type Problem =
  | Extract<PictureState, { status: 'unnamed' | 'missing' | 'failed' | 'unreadable' }>
  /** A clip that is there and of which nothing can be shown. */
  | { status: 'unplayable'; sentence: string };

/** Why there is no picture, and what can be done about it. The rest of the case stays usable. */
export function StageProblem({ picture, name, retry }: { picture: Problem; name: string | null; retry: () => void }) {
  switch (picture.status) {
    case 'unnamed':
      return <Message icon={<FileQuestion />} title="The record names no file" detail="There is nothing to fetch for this side." />;
    case 'missing':
      return <Message icon={<FileX />} title="The upstream no longer has this file" detail={name ?? ''} action={<Again retry={retry} />} />;
    case 'failed':
      return (
        <Message icon={<Link2Off />} title="The file could not be loaded" detail={picture.sentence} action={<Again retry={retry} />} />
      );
    case 'unplayable':
      return (
        <Message
          icon={<FileWarning />}
          title="The clip cannot be shown here"
          detail={picture.sentence}
          action={
            <span className="flex gap-2">
              <Again retry={retry} />
              <Download name={name} />
            </span>
          }
        />
      );
    case 'unreadable':
      return <Unreadable {...picture} name={name} />;
  }
}

function Unreadable({ about, bytes, sentence, name }: Extract<Problem, { status: 'unreadable' }> & { name: string | null }) {
  if (bytes === 0) return <Message icon={<FileWarning />} title="The file is empty" detail="It has no bytes." />;
  const { words } = KIND_FACTS[about.kind];
  const detail = [kindSentence(about), sentence, `${formatBytes(bytes)}.`, savingRisk(about)].filter(Boolean).join(' ');
  return (
    <Message
      icon={<FileWarning />}
      title={about.kind === 'unknown' ? 'The file is nothing that can be shown' : `This is ${words.split(',')[0]}, not shown here`}
      detail={detail}
      action={<Download name={name} />}
    />
  );
}

function Download({ name }: { name: string | null }) {
  if (name === null) return null;
  return (
    <a href={fileUrl(name)} download className={buttonClass('plain', true)}>
      Download it
    </a>
  );
}

function Again({ retry }: { retry: () => void }) {
  return (
    <Button small onClick={retry}>
      Try again
    </Button>
  );
}

function Message({ icon, title, detail, action }: { icon: ReactNode; title: string; detail: string; action?: ReactNode }) {
  return (
    <div role="status" className="absolute inset-0 grid place-content-center justify-items-center gap-1 px-6 text-center">
      <span aria-hidden="true" className="mb-1 text-white/50 [&_svg]:size-8 [&_svg]:stroke-[1.2]">
        {icon}
      </span>
      <p className="font-medium text-white">{title}</p>
      <p className="mb-2 max-w-prose text-sm [overflow-wrap:anywhere] text-white/75">{detail}</p>
      {action}
    </div>
  );
}
