import type { EvidenceCategory, EvidenceFile } from '@/lib/domain/verification';
import { fileNameOfUrl } from './bare-file-name';
import { listOf, member, size, text } from './read-value';

const CATEGORIES: Record<string, EvidenceCategory> = { id: 'id', face: 'face', selfie: 'face' };

/** The files of a record that belong to one of its two sides. Their urls serve only to name them, never to fetch from. */
export function adaptFiles(files: unknown): EvidenceFile[] {
  return listOf(files).flatMap((file) => {
    const category = CATEGORIES[text(member(file, 'category')).toLowerCase()];
    if (!category) return [];
    return [
      {
        category,
        name: fileNameOfUrl(text(member(file, 'url'))),
        fileName: text(member(file, 'fileName')),
        size: size(member(file, 'fileSize')),
        contentType: text(member(file, 'contentType')) || null,
      },
    ];
  });
}
