import { useEffect, useState } from 'react';
import * as z from 'zod/mini';
import { ask } from '../review/post';

const answered = z.object({ reviewers: z.array(z.object({ id: z.string(), name: z.string(), role: z.string() })) });
type Reviewer = z.infer<typeof answered>['reviewers'][number];

export interface AssigneeFieldProps {
  /** Id of the reviewer; empty for everybody. */
  value: string;
  onChange: (id: string) => void;
  onProblem: (problem: { message: string; code?: string }) => void;
}

/** Who is to work on the case; the first choice gives it back to everybody. */
export function AssigneeField({ value, onChange, onProblem }: AssigneeFieldProps) {
  const [reviewers, setReviewers] = useState<Reviewer[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, as the dialog opens
  useEffect(() => {
    let gone = false;
    ask('GET', '/api/reviewers', answered).then((result) => {
      if (gone) return;
      if (result.ok) setReviewers(result.value.reviewers);
      else onProblem(result);
    });
    return () => {
      gone = true;
    };
  }, []);
  return (
    <label className="grid gap-1">
      <span className="text-muted">To whom</span>
      <select
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className="h-8 rounded-md border border-line-strong bg-bg px-2.5"
      >
        <option value="">Everybody</option>
        {reviewers.map(({ id, name, role }) => (
          <option key={id} value={id}>
            {name} ({role})
          </option>
        ))}
      </select>
    </label>
  );
}
