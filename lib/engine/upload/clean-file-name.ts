const LONGEST = 200;

/**
 * The name an uploaded file keeps: what follows the last slash of either kind, in NFC, without control and invisible
 * formatting characters, at most 200 characters with its extension preserved. A name with nothing left becomes `file.<type>`.
 * It is never used as a name on disk.
 */
export function cleanFileName(sent: string | undefined, type: string): string {
  const base = (sent ?? '').normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const visible = base.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '').trim();
  if (/^\.*$/.test(visible)) return `file.${type}`;
  const letters = Array.from(visible);
  if (letters.length <= LONGEST) return visible;
  const extension = Array.from(/\.[^.]{1,10}$/u.exec(visible)?.[0] ?? '');
  return [...letters.slice(0, LONGEST - extension.length), ...extension].join('');
}
