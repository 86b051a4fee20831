import { TriangleAlert } from 'lucide-react';
import { oddities } from './about-file';
import type { PictureState } from './picture-state';

/** What is odd about a file that is shown all the same; over the lower edge of its picture. */
export function PictureNotes({ picture, url }: { picture: PictureState; url: string | null }) {
  const sentences = notesOf(picture);
  // What is not drawn can only be seen in the file itself.
  const lacks = picture.status === 'page' && picture.problems.length > 0;
  if (sentences.length === 0) return null;
  return (
    <div role="status" className="pointer-events-none absolute inset-x-2 bottom-2 grid justify-items-center">
      <ul className="grid max-w-full gap-0.5 rounded-md bg-black/75 px-2.5 py-1.5 text-white text-xs">
        {sentences.map((sentence) => (
          <li key={sentence} className="flex items-center gap-1.5">
            <TriangleAlert aria-hidden="true" className="size-3.5 shrink-0" />
            {sentence}
          </li>
        ))}
        {lacks && url !== null && (
          <li>
            <a href={url} download className="pointer-events-auto underline underline-offset-2 hover:no-underline">
              Download it
            </a>
          </li>
        )}
      </ul>
    </div>
  );
}

function notesOf(picture: PictureState): string[] {
  if (picture.status === 'ready') return picture.about ? oddities(picture.about) : [];
  if (picture.status !== 'page') return [];
  const which = picture.pages === 1 ? 'A PDF of one page' : `Page ${picture.page} of a PDF of ${picture.pages} pages`;
  return [
    `${which}. Boxes of the record are not drawn: they count other pixels than these.`,
    ...picture.problems,
    ...oddities(picture.about),
  ];
}
