import Link from 'next/link';
import { buttonClass } from '../ui/button';
import { Notice } from '../ui/notice';
import type { UnreadableParameter } from './grid-url';

/** The address asks for something that cannot be shown: says which part, and offers the address without it. */
export function UnreadableUrl({ parameter }: { parameter: UnreadableParameter }) {
  return (
    <div className="mx-auto w-full max-w-2xl px-4 py-16">
      <h1 className="mb-3 font-semibold text-xl">Verifications</h1>
      <Notice
        tone="warn"
        title={`The address holds a ${parameter.field} that cannot be used`}
        action={
          <Link href={parameter.resetHref} prefetch={false} className={buttonClass('plain', true)}>
            Reset {parameter.field}
          </Link>
        }
      >
        <p className="break-words">{parameter.message}</p>
      </Notice>
    </div>
  );
}
