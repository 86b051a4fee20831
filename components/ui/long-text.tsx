'use client';

import {
  type ClipboardEvent,
  type ComponentProps,
  type DragEvent,
  type Ref,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { classNames } from './class-names';
import { overLimit, pastedFiles } from './pasted-text';

export interface LongTextProps extends Omit<ComponentProps<'textarea'>, 'value' | 'onChange' | 'maxLength' | 'ref'> {
  ref?: Ref<HTMLTextAreaElement>;
  value: string;
  /** The most characters that can be saved. Longer text stays in the field and says by how much. */
  max: number;
  onChange: (text: string) => void;
}

const LOOK = 'w-full min-w-0 rounded-md border border-line-strong bg-bg px-2.5 py-[5px] aria-invalid:border-bad';

/**
 * A field for a text of several lines. Nothing that is typed or pasted is cut off: what is too long stays and is said, and so is that a
 * file cannot be attached. A text that was kept from before has its caret at its end.
 */
export function LongText({ ref, value, max, onChange, className, ...rest }: LongTextProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle<HTMLTextAreaElement | null, HTMLTextAreaElement | null>(ref, () => field.current, []);
  const isTyped = useRef(false);
  const [said, setSaid] = useState<string | null>(null);
  const id = useId();
  // Of a text nobody has touched here, be it there before the field has the focus or after.
  const toEnd = () => {
    const { current } = field;
    if (!isTyped.current && current) current.setSelectionRange(current.value.length, current.value.length);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text is the reason
  useLayoutEffect(() => {
    if (document.activeElement === field.current) toEnd();
  }, [value]);
  const take = (data: DataTransfer) => setSaid(pastedFiles(data.files.length, data.getData('text/plain')));
  const onDrop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0) return;
    // The browser would open the file in place of the page.
    event.preventDefault();
    setSaid(pastedFiles(event.dataTransfer.files.length, ''));
  };
  const tooLong = overLimit(value, max);
  const message = tooLong ?? said;
  return (
    <span className="grid min-w-0 flex-1 gap-1">
      <textarea
        {...rest}
        ref={field}
        value={value}
        onChange={({ target }) => {
          isTyped.current = true;
          onChange(target.value);
        }}
        onInput={({ nativeEvent }) => {
          // The text that was pasted beside a file does not take back what is said of the file.
          if (!(nativeEvent instanceof InputEvent && nativeEvent.inputType === 'insertFromPaste')) setSaid(null);
        }}
        onFocus={toEnd}
        onPaste={({ clipboardData }: ClipboardEvent) => take(clipboardData)}
        onDrop={onDrop}
        aria-invalid={tooLong !== null || rest['aria-invalid']}
        aria-describedby={classNames(rest['aria-describedby'], `${id}-said`)}
        className={classNames(LOOK, className)}
      />
      <span id={`${id}-said`} role="status" className={classNames('text-xs empty:hidden', tooLong ? 'text-bad' : 'text-warn')}>
        {message}
      </span>
    </span>
  );
}
