import { visibleText } from '@/lib/domain/visible-text';

const LENGTH_MAX = 150;
/** What a path or a file system reads as something else than a part of a name. */
const SPECIAL = /[/\\:*?"<>|]/g;

/**
 * The value of a Content-Disposition header (RFC 6266): the name in ASCII for old clients, and whole in the extended form of RFC 8187.
 * Control characters, and those that turn the reading direction, stand as their names, so that a saved file is never called other than
 * it looks. Pure.
 */
export function contentDisposition(type: 'inline' | 'attachment', name: string): string {
  const shown = shortened(visibleText(name.toWellFormed()).replace(SPECIAL, '_'));
  const plain = shown.replace(/[^ -~]/gu, '_').replace(/[%;]/g, '_');
  return `${type}; filename="${plain}"; filename*=UTF-8''${extendedValue(shown)}`;
}

// The end says what kind of file it is, so the middle goes.
function shortened(name: string): string {
  const characters = [...name];
  if (characters.length <= LENGTH_MAX) return name || 'file';
  return [...characters.slice(0, LENGTH_MAX - 20), '…', ...characters.slice(-19)].join('');
}

// What encodeURIComponent leaves and a header value may not hold.
function extendedValue(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
