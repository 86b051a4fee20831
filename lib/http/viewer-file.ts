import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { FALLBACK_FONTS, type FallbackFontName } from '@/lib/domain/fallback-fonts';
import { Refusal } from '@/lib/domain/refusal';

// The program runs where its packages lie.
const PACKAGES = path.resolve('node_modules');
/** What the viewer of PDF files takes from its package when a file needs it. */
export const VIEWER_FOLDERS = ['cmaps', 'standard_fonts', 'wasm', 'iccs', 'fonts'] as const;
type Folder = (typeof VIEWER_FOLDERS)[number];

const TYPES: Record<string, string> = {
  '.wasm': 'application/wasm',
  '.js': 'text/javascript; charset=utf-8',
  '.ttf': 'font/ttf',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

export interface ViewerFile {
  bytes: Buffer;
  contentType: string;
  etag: string;
}

/**
 * Resolves to a decoder, a table or a font of the viewer of PDF files, as its package has it; `fonts` are those that step in. Throws a
 * Refusal `not-found` for what the packages do not list.
 */
export async function viewerFile(folder: string, name: string): Promise<ViewerFile> {
  const file = await fileNamed(folder, name);
  if (file === null) throw new Refusal('not-found', 'The viewer has no such file.');
  const bytes = await readFile(file);
  const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}"`;
  return { bytes, contentType: TYPES[path.extname(file)] ?? 'application/octet-stream', etag };
}

// Only what a listing holds is opened, so that no name leads out of its folder.
async function fileNamed(folder: string, name: string): Promise<string | null> {
  if (!isFolder(folder)) return null;
  if (folder === 'fonts') return isFont(name) ? path.join(PACKAGES, FALLBACK_FONTS[name].file) : null;
  const listed = path.join(PACKAGES, 'pdfjs-dist', folder);
  return (await readdir(listed)).includes(name) ? path.join(listed, name) : null;
}

const isFolder = (folder: string): folder is Folder => VIEWER_FOLDERS.some((known) => known === folder);
const isFont = (name: string): name is FallbackFontName => Object.hasOwn(FALLBACK_FONTS, name);
