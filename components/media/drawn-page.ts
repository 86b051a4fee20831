import { drawPage } from './draw-page';
import type { FileFacts } from './file-facts';
import type { PageState } from './picture-state';

/** Draws a page of a document for its stage. Throws what `drawPage` throws. */
export async function drawnPage(
  file: Blob,
  { number, type, about }: { number: number; type: string; about: FileFacts },
  signal: AbortSignal,
): Promise<PageState> {
  const { bitmap, ...page } = await drawPage(file, number, signal);
  const size = { width: bitmap.width, height: bitmap.height };
  return {
    status: 'page',
    bitmap,
    size,
    orientation: 1,
    cut: null,
    close: () => bitmap.close(),
    bytes: file.size,
    type,
    about,
    file,
    ...page,
  };
}
