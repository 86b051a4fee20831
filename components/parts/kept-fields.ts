type Field = HTMLInputElement | HTMLTextAreaElement;

/** What stood in a field, and which of the fields of its kind it was. */
export interface KeptField {
  kind: string;
  place: number;
  value: string;
  selection: [number, number] | null;
  hadFocus: boolean;
}

const TEXT = new Set(['text', 'search', 'url', 'tel', 'email', 'number']);

/** Returns what is typed in the fields of the document. Passwords and files are left out. */
export function keptFields(): KeptField[] {
  return named(fields()).flatMap(({ field, kind, place }) => {
    if (field.value === '') return [];
    const { value, selectionStart, selectionEnd } = field;
    const selection: [number, number] | null = selectionStart === null || selectionEnd === null ? null : [selectionStart, selectionEnd];
    return [{ kind, place, value, selection, hadFocus: document.activeElement === field }];
  });
}

/** Puts what was kept back into the fields that are empty now. */
export function putBack(kept: readonly KeptField[]): void {
  const now = named(fields());
  for (const { kind, place, value, selection, hadFocus } of kept) {
    const field = now.find((one) => one.kind === kind && one.place === place)?.field;
    if (!field) continue;
    if (field.value === '') {
      // Through the element's own setter: React listens for a change it did not make itself.
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, value);
      field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertReplacementText' }));
    }
    if (!hadFocus) continue;
    field.focus();
    if (selection && field.selectionStart !== null) field.setSelectionRange(...selection);
  }
}

function fields(): Field[] {
  return [...document.querySelectorAll<Field>('input,textarea')].filter(
    (field) => field instanceof HTMLTextAreaElement || TEXT.has(field.type),
  );
}

function named(all: readonly Field[]): { field: Field; kind: string; place: number }[] {
  const seen = new Map<string, number>();
  return all.map((field) => {
    const kind = `${field.tagName} ${field.name} ${field.getAttribute('aria-label') ?? field.labels?.[0]?.textContent ?? field.placeholder}`;
    const place = seen.get(kind) ?? 0;
    seen.set(kind, place + 1);
    return { field, kind, place };
  });
}
