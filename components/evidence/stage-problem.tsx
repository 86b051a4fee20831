import { FileQuestion, FileWarning, FileX, Link2Off } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, buttonClass } from '../ui/button';
import { formatBytes } from '../ui/format-bytes';
import { fileUrl, type PictureState } from './use-picture';

type Problem = Extract<PictureState, { status: 'unnamed' | 'missing' | 'failed' | 'unreadable' }>;

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
    case 'unreadable':
      return (
        <Message
          icon={<FileWarning />}
          title={picture.bytes === 0 ? 'The file is empty' : 'The file is not a picture that can be shown'}
          detail={`${picture.type || 'Type unknown'}, ${formatBytes(picture.bytes)}`}
          action={
            name !== null &&
            picture.bytes > 0 && (
              <a href={fileUrl(name)} download className={buttonClass('plain', true)}>
                Download it
              </a>
            )
          }
        />
      );
  }
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
      <p className="mb-2 break-all text-sm text-white/75">{detail}</p>
      {action}
    </div>
  );
}
