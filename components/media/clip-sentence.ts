import { clock } from './clock';
import type { Clip } from './use-clip';
import { WHOLE_CLIP_MAX } from './whole-clip';

interface ClipFaces {
  /** How many faces the record lists. */
  faces: number;
  frameTimeMs: number | null;
  clip: { source: Pick<Clip['source'], 'kind'>; state: Pick<Clip['state'], 'size' | 'frame' | 'facesAt' | 'endsBefore' | 'duration'> };
  /** They belong to the frame on the screen. */
  certain: boolean;
  guessing: boolean;
}

/** Says which frame of a clip its faces belong to, or why nobody knows. */
export function clipSentence({ faces, frameTimeMs, clip: { source, state }, certain, guessing }: ClipFaces): string {
  const they = faces === 1 ? 'The face' : `The ${faces} faces`;
  if (faces === 0) return 'The record lists no face of this clip.';
  if (source.kind === 'fetching') return 'The verification service sends no parts of this clip, so all of it is being fetched.';
  if (state.size === null) return 'The clip is loading.';
  const unknown = unknownFrame(frameTimeMs, source.kind, state, `${they.toLowerCase()} ${faces === 1 ? 'belongs' : 'belong'} to`);
  if (unknown !== null && guessing) return `Frame unknown: ${they.toLowerCase()} may belong to another frame than this one.`;
  if (unknown !== null) return `Frame unknown: ${unknown} None is drawn.`;
  const found = `${they} ${faces === 1 ? 'was' : 'were'} found in the frame at ${clock((frameTimeMs ?? 0) / 1000)}`;
  return certain ? `${found}: this one.` : `${found}; on other frames none is drawn.`;
}

function unknownFrame(
  frameTimeMs: number | null,
  kind: Clip['source']['kind'],
  state: ClipFaces['clip']['state'],
  belong: string,
): string | null {
  if (frameTimeMs === null) return `the record does not say which frame ${belong}.`;
  if (state.endsBefore) return `the record names the frame at ${clock(frameTimeMs / 1000)}, but the clip ends at ${clock(state.duration)}.`;
  if (state.facesAt !== null) return null;
  if (kind === 'none')
    return `the verification service sends no parts of the clip, and it could not be fetched whole (at most ${WHOLE_CLIP_MAX / 1024 / 1024} MB).`;
  return 'this browser does not report which frame it shows.';
}
