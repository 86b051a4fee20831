'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { fileProblem, HEAD_BYTES } from '@/lib/domain/evidence-kind';
import { FILE_FIELDS, type FileField as Field, tagProblems } from '@/lib/domain/submission';
import { Button } from '../ui/button';
import { FileField } from './file-field';
import { SubmitStatus } from './submit-status';
import { FIRST_ROWS, type TagRow } from './tag-rows';
import { TagsEditor } from './tags-editor';
import { useSubmission } from './use-submission';

const TITLE: Record<Field, string> = { idFile: 'ID document', selfieFile: 'Selfie' };
const NONE: Record<Field, null> = { idFile: null, selfieFile: null };

/** Submits an ID and a selfie, and leads on to the case. What was chosen and typed stays until it is one. */
export function SubmitScreen() {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [files, setFiles] = useState<Record<Field, File | null>>(NONE);
  const [problems, setProblems] = useState<Record<Field, string | null>>(NONE);
  const [rows, setRows] = useState<readonly TagRow[]>(FIRST_ROWS);
  const { progress, ended, send, cancel, forget } = useSubmission();

  const busy = progress !== null;
  const rowProblems = tagProblems(rows);
  const refusal = ended?.kind === 'refused' ? ended : null;
  const refusalOf = (field: Field | 'tags') => (refusal?.field === field ? refusal.message : null);
  const tell = (field: Field, problem: string | null) => setProblems((now) => ({ ...now, [field]: problem }));

  const choose = async (field: Field, chosen: File[] | null) => {
    // What the service said was said about the file before; an unknown outcome stays unknown.
    if (refusalOf(field)) forget();
    const [file, ...more] = chosen ?? [];
    if (more.length > 0) return tell(field, 'Drop one file here; the other side has its own place.');
    const problem = file ? await problemOf(field, file) : null;
    // A file that cannot be sent does not take the place of one that can.
    if (!problem) setFiles((now) => ({ ...now, [field]: file ?? null }));
    tell(field, problem);
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const { idFile, selfieFile } = files;
    // At once, so that the first field to mend can take the focus before the next key.
    flushSync(() =>
      setProblems({
        idFile: idFile ? null : 'Choose an ID document first.',
        selfieFile: selfieFile ? null : 'Choose a selfie first.',
      }),
    );
    if (!idFile || !selfieFile || rowProblems.some(Boolean)) {
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }
    const result = await send({ idFile, selfieFile, tags: rows });
    if (result.kind === 'done') router.push(`/verifications/${result.id}`);
  };

  return (
    <div className="mx-auto w-full max-w-5xl px-3 py-4 sm:px-6 sm:py-6">
      <h1 className="font-semibold text-xl">New verification</h1>
      <p className="text-muted">The service compares the face on the ID with the selfie, and says whether both are one living person.</p>
      <form ref={form} onSubmit={submit} noValidate className="mt-4 flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          {FILE_FIELDS.map((field) => (
            <FileField
              key={field}
              field={field}
              title={TITLE[field]}
              file={files[field]}
              problem={problems[field] ?? refusalOf(field)}
              disabled={busy}
              onChoose={(chosen) => void choose(field, chosen)}
            />
          ))}
        </div>
        <TagsEditor
          rows={rows}
          problems={rowProblems}
          refusal={refusalOf('tags')}
          disabled={busy}
          onChange={(next) => {
            if (refusalOf('tags')) forget();
            setRows(next);
          }}
        />
        <SubmitStatus progress={progress} ended={ended} onForget={forget} />
        <div className="flex items-center gap-2">
          {/* Not disabled while busy: that would throw the keyboard out of the form. */}
          <Button
            type="submit"
            variant={ended?.kind === 'unknown' ? 'plain' : 'primary'}
            aria-disabled={busy}
            className="aria-disabled:cursor-not-allowed aria-disabled:opacity-50"
          >
            {ended?.kind === 'unknown' ? 'Submit again, as another verification' : 'Submit'}
          </Button>
          {busy && ended?.kind !== 'done' && (
            <Button variant="quiet" onClick={cancel}>
              {progress === 'looking' ? 'Stop waiting' : 'Cancel'}
            </Button>
          )}
        </div>
      </form>
    </div>
  );
}

async function problemOf(field: Field, file: File): Promise<string | null> {
  try {
    return fileProblem(field, file, new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()));
  } catch {
    return `${file.name} cannot be read. Was it moved or is it a folder?`;
  }
}
