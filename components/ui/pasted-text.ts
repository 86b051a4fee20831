const number = (value: number) => value.toLocaleString('en-GB');

/** Returns what to say of a text that cannot be saved as long as it is; null while it can. Space at its ends does not count. */
export function overLimit(text: string, max: number): string | null {
  const { length } = text.trim();
  if (length <= max) return null;
  return `${number(length)} characters; at most ${number(max)} can be saved. All of it is kept here: shorten it by ${number(length - max)}.`;
}

/** Returns what to say of files that were pasted or dropped with a text, or without one; null when there were none. */
export function pastedFiles(files: number, text: string): string | null {
  if (files === 0) return null;
  const what = files === 1 ? 'A file or picture' : `${number(files)} files`;
  return `${what} cannot be attached here. ${text === '' ? 'Nothing was added; your text is kept.' : 'Only the text was added.'}`;
}
