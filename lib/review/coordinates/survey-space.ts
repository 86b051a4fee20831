import { db } from '@/lib/db/client';
import type { SpaceSurvey } from '@/lib/domain/coordinate-space';
import { type EvidenceCategory, facesOf, fileOf, type Verification } from '@/lib/domain/verification';
import { chooseSpace } from '@/lib/picture/choose-space';
import { declaredSize } from '@/lib/picture/declared-size';
import { fileOrientation } from '@/lib/picture/file-orientation';
import { storedSize } from '@/lib/picture/orientation';
import { adaptVerification } from '@/lib/upstream/adapt';
import { connectionSettings } from '@/lib/upstream/test-connection';
import { readPicture } from './read-picture';

const RECORDS = 200;
const AT_ONCE = 6;

/** A survey and when it was made, in milliseconds since 1970. */
export type MadeSurvey = SpaceSurvey & { at: number };

/** Returns the last survey of the configured API; null before the first. */
export async function lastSurvey(): Promise<MadeSurvey | null> {
  const { address } = connectionSettings();
  const found = await db().coordinateSurvey.findUnique({ where: { address } });
  if (!found) return null;
  const { records, pictures, turned, shown, stored, at } = found;
  return { records, pictures, turned, shown, stored, at: at.getTime() };
}

/**
 * Looks into the pictures of the first 200 records of the index and keeps what they say about the coordinates of the API. Nobody is shown
 * anything of them. A file that cannot be read says nothing. Ends early when `signal` is aborted, with what was seen until then.
 */
export async function surveySpace(signal: AbortSignal): Promise<MadeSurvey> {
  const rows = await db().record.findMany({ orderBy: { verificationId: 'asc' }, take: RECORDS, select: { raw: true } });
  const survey: SpaceSurvey = { records: 0, pictures: 0, turned: 0, shown: 0, stored: 0 };
  const waiting = rows.values();
  const work = async () => {
    for (const { raw } of waiting) {
      if (signal.aborted) return;
      survey.records += 1;
      const verification = readable(raw);
      for (const category of ['id', 'face'] as const) if (verification) count(survey, await askPicture(verification, category, signal));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const { address } = connectionSettings();
  const data = { ...survey, at: new Date() };
  await db().coordinateSurvey.upsert({ where: { address }, create: { address, ...data }, update: data });
  return { ...survey, at: data.at.getTime() };
}

/** What one picture says: nothing of it could be read, it lies upright as it is, or its faces fit one way, or no way better than the other. */
type Answer = 'unread' | 'upright' | 'shown' | 'stored' | 'either';

async function askPicture(verification: Verification, category: EvidenceCategory, signal: AbortSignal): Promise<Answer> {
  const faces = facesOf(verification, category);
  const name = fileOf(verification, category)?.name;
  // Without faces there is nothing to hold against the picture.
  if (!name || faces.length === 0) return 'unread';
  const picture = await readPicture(name, signal);
  if (!picture) return 'unread';
  const { orientation } = fileOrientation(picture.bytes);
  if (orientation === 1) return 'upright';
  const size = declaredSize(picture.kind, picture.bytes);
  if (!size) return 'unread';
  const { space, isGuess } = chooseSpace(faces, storedSize(size, orientation), orientation);
  return isGuess ? 'either' : space;
}

function count(survey: SpaceSurvey, answer: Answer): void {
  if (answer === 'unread') return;
  survey.pictures += 1;
  if (answer === 'upright') return;
  survey.turned += 1;
  if (answer !== 'either') survey[answer] += 1;
}

function readable(raw: string): Verification | null {
  try {
    return adaptVerification(JSON.parse(raw));
  } catch {
    return null;
  }
}
