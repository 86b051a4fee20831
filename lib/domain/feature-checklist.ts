import * as z from 'zod/mini';

/** What is compared between two faces, from the top of the head down. */
export const FEATURES = ['forehead', 'brows', 'eyes', 'nose', 'mouth', 'ears', 'chin', 'scars'] as const;
export type Feature = (typeof FEATURES)[number];

export const FEATURE_LABEL: Record<Feature, string> = {
  forehead: 'Forehead',
  brows: 'Brows',
  eyes: 'Eyes',
  nose: 'Nose',
  mouth: 'Mouth',
  ears: 'Ears',
  chin: 'Chin, jaw',
  scars: 'Scars, moles',
};

export const FEATURE_VERDICTS = ['same', 'different', 'unclear'] as const;
export type FeatureVerdict = (typeof FEATURE_VERDICTS)[number];

export const FEATURE_VERDICT_LABEL: Record<FeatureVerdict, string> = { same: 'Same', different: 'Different', unclear: 'Cannot tell' };

const verdict = z.optional(z.enum(FEATURE_VERDICTS, 'Say same, different or unclear of a feature.'));

/** What a reviewer found feature by feature. A feature she said nothing of is absent, which is not the same as `unclear`. */
export const featureChecklist = z.strictObject({
  forehead: verdict,
  brows: verdict,
  eyes: verdict,
  nose: verdict,
  mouth: verdict,
  ears: verdict,
  chin: verdict,
  scars: verdict,
});

export type FeatureChecklist = z.infer<typeof featureChecklist>;

/** The list without features nothing was said of; null when nothing was said at all. */
export function saidOf(checklist: FeatureChecklist): FeatureChecklist | null {
  const said = FEATURES.flatMap((feature) => (checklist[feature] ? [[feature, checklist[feature]] as const] : []));
  return said.length > 0 ? Object.fromEntries(said) : null;
}

/** "different: nose, ears; same: eyes; cannot tell: scars, moles", differences first; empty when nothing was said. */
export function featureSentence(checklist: FeatureChecklist): string {
  return (['different', 'same', 'unclear'] as const)
    .flatMap((wanted) => {
      const named = FEATURES.filter((feature) => checklist[feature] === wanted).map((feature) => FEATURE_LABEL[feature].toLowerCase());
      return named.length > 0 ? [`${FEATURE_VERDICT_LABEL[wanted].toLowerCase()}: ${named.join(', ')}`] : [];
    })
    .join('; ');
}
