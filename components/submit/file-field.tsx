'use client';

import { type DragEvent, useId, useRef, useState } from 'react';
import { acceptOf, wantedOf } from '@/lib/domain/evidence-kind';
import { FILE_BYTES_MAX, type FileField as Field } from '@/lib/domain/submission';
import { Button, buttonClass } from '../ui/button';
import { classNames } from '../ui/class-names';
import { FilePreview } from './file-preview';

export interface FileFieldProps {
  field: Field;
  title: string;
  file: File | null;
  problem: string | null;
  disabled: boolean;
  /** Files as they were dropped or chosen; null takes the file away. */
  onChoose: (files: File[] | null) => void;
}

/** Where one of the two files is dropped or chosen, and what was chosen. */
export function FileField({ field, title, file, problem, disabled, onChoose }: FileFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const files = [...event.dataTransfer.files];
    if (!disabled && files.length > 0) onChoose(files);
  };
  const onDragOver = (event: DragEvent) => {
    event.preventDefault();
    setOver(!disabled);
  };
  return (
    <section aria-labelledby={`${id}-title`} className="flex min-w-0 flex-col rounded-md border border-line bg-surface p-3 sm:p-4">
      <h2 id={`${id}-title`} className="font-semibold text-base">
        {title}
      </h2>
      <p id={`${id}-rule`} className="text-muted">
        {`${wantedOf(field).replace(/^a /, 'A ')}, up to ${FILE_BYTES_MAX / 1e6} MB.`}
      </p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only a pointer can drop; all others use the file input in it */}
      <div
        role="presentation"
        onDragOver={onDragOver}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
        className={classNames(
          'mt-3 flex flex-1 flex-col gap-3 rounded-md border border-dashed p-3',
          over ? 'border-accent bg-accent-soft' : problem ? 'border-bad bg-raised' : 'border-line-strong bg-raised',
        )}
      >
        <div data-unsaved={file ? true : undefined} className="grid h-56 place-items-center overflow-hidden rounded bg-bg sm:h-72">
          {file ? (
            <FilePreview key={`${file.name} ${file.lastModified}`} file={file} title={title} />
          ) : (
            <p className="text-muted">Drop a file here</p>
          )}
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <input
            ref={input}
            id={id}
            type="file"
            accept={acceptOf(field)}
            disabled={disabled}
            aria-describedby={`${id}-rule${problem ? ` ${id}-problem` : ''}`}
            aria-invalid={problem !== null}
            onChange={(event) => {
              const files = [...(event.target.files ?? [])];
              // The same file chosen again, mended meanwhile, is a change too.
              event.target.value = '';
              if (files.length > 0) onChoose(files);
            }}
            className="peer sr-only"
          />
          <label
            htmlFor={id}
            className={classNames(
              buttonClass(),
              'cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-accent peer-disabled:cursor-not-allowed peer-disabled:opacity-50',
            )}
          >
            {file ? 'Choose another file' : 'Choose a file'}
            <span className="sr-only">: {title}</span>
          </label>
          {file && (
            <>
              <Button
                variant="quiet"
                disabled={disabled}
                aria-label={`Remove ${file.name}`}
                onClick={() => {
                  onChoose(null);
                  input.current?.focus();
                }}
              >
                Remove
              </Button>
              <span className="min-w-0 break-all text-muted">
                {file.name} · {megabytes(file.size)}
              </span>
            </>
          )}
        </div>
      </div>
      <p id={`${id}-problem`} role="alert" className="mt-2 min-h-5 text-bad">
        {problem}
      </p>
    </section>
  );
}

// Of a million bytes, as the limit counts.
const megabytes = (bytes: number): string => (bytes < 1e6 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1e6).toFixed(1)} MB`);
