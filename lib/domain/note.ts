import * as z from 'zod/mini';
import { isStorableText, NOT_STORABLE } from './storable-text';

export const NOTE_MAX = 4000;

export const noteInput = z.strictObject({
  text: z
    .string('Write the note as text.')
    .check(
      z.trim(),
      z.refine(isStorableText, NOT_STORABLE),
      z.minLength(1, 'Write something before saving the note.'),
      z.maxLength(NOTE_MAX, `Keep a note under ${NOTE_MAX} characters.`),
    ),
});

export type NoteInput = z.infer<typeof noteInput>;
