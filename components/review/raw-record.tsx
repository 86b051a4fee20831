'use client';

import { useState } from 'react';
import { visibleLines } from '@/lib/domain/visible-text';
import { Button } from '../ui/button';

/** The upstream's own text of the record, one click away. */
export function RawRecord({ raw }: { raw: string }) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const copy = () => {
    // Without TLS a browser has no clipboard to offer.
    const writing = navigator.clipboard?.writeText(raw) ?? Promise.reject(new Error('no clipboard'));
    writing.then(
      () => setCopied('yes'),
      () => setCopied('failed'),
    );
  };
  return (
    <details className="px-4 py-3">
      <summary className="w-fit cursor-pointer font-semibold text-muted text-xs hover:text-text">Raw JSON</summary>
      <div className="relative mt-2">
        <Button small onClick={copy} className="absolute top-1.5 right-1.5">
          {copied === 'yes' ? 'Copied' : copied === 'failed' ? 'Select and copy it' : 'Copy'}
        </Button>
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
          tabIndex={0}
          className="max-h-96 overflow-auto rounded border border-line bg-raised p-2 font-mono text-2xs leading-relaxed"
        >
          {visibleLines(raw)}
        </pre>
      </div>
    </details>
  );
}
