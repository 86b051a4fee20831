import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '../ui/button';

/** The form around a filter's fields: its legend, what is wrong with them, and the button that applies them. */
export function EditorForm(props: { legend: string; problem: string | null; onApply: () => void; action?: string; children: ReactNode }) {
  const { legend, problem, onApply, action = 'Apply', children } = props;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onApply();
  };
  return (
    <form onSubmit={submit} className="grid gap-2 px-1">
      <span className="text-muted text-xs">{legend}</span>
      {children}
      <p role="alert" className="text-bad text-xs empty:hidden">
        {problem}
      </p>
      <Button type="submit" small className="justify-self-start">
        {action}
      </Button>
    </form>
  );
}

/** What is typed, until what it belongs to changes elsewhere. */
export function useTyped(given: string): [string, (text: string) => void] {
  const [state, setState] = useState({ given, text: given });
  if (state.given !== given) setState({ given, text: given });
  return [state.text, (text) => setState({ given, text })];
}
