import type { Ref } from 'react';
import {
  FEATURE_LABEL,
  FEATURE_VERDICT_LABEL,
  FEATURE_VERDICTS,
  FEATURES,
  type Feature,
  type FeatureChecklist,
  type FeatureVerdict,
  saidOf,
} from '@/lib/domain/feature-checklist';
import { classNames } from '../ui/class-names';

/** What a reviewer said of the features so far, and the way to say more. Nothing said of one takes it back. */
export interface FeatureHold {
  said: FeatureChecklist;
  judge: (feature: Feature, verdict: FeatureVerdict | undefined) => void;
}

/** The checklist of features, stored with the decision. Tab goes from feature to feature, arrows choose. */
export function FeatureList({ ref, said, judge }: FeatureHold & { ref: Ref<HTMLDivElement> }) {
  const any = saidOf(said) !== null;
  return (
    <div ref={ref}>
      <div className="grid gap-x-6 @2xl:grid-cols-2">
        {FEATURES.map((feature) => (
          <fieldset key={feature} className="flex min-w-0 items-center gap-2 py-[2px] max-md:justify-between">
            <legend className="float-left w-24 shrink-0 truncate text-muted text-xs">{FEATURE_LABEL[feature]}</legend>
            <span className="flex overflow-hidden rounded-md border border-line-strong">
              {FEATURE_VERDICTS.map((verdict) => (
                <Choice key={verdict} {...{ feature, verdict }} on={said[feature] === verdict} choose={() => judge(feature, verdict)} />
              ))}
            </span>
          </fieldset>
        ))}
      </div>
      <p className="mt-1 flex items-center justify-between gap-2 text-faint text-xs">
        Optional. Stored with your decision; until then kept in this browser.
        {any && (
          <button
            type="button"
            onClick={() => {
              for (const feature of FEATURES) judge(feature, undefined);
            }}
            className="whitespace-nowrap rounded px-1.5 font-medium text-muted hover:bg-raised hover:text-text"
          >
            Clear all
          </button>
        )}
      </p>
    </div>
  );
}

function Choice({ feature, verdict, on, choose }: { feature: Feature; verdict: FeatureVerdict; on: boolean; choose: () => void }) {
  return (
    <label
      className={classNames(
        'flex h-[22px] cursor-pointer touch-manipulation items-center whitespace-nowrap border-line-strong border-l px-2 text-xs first:border-l-0 max-md:h-8',
        'has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-[-2px]',
        on ? 'bg-accent-soft font-medium text-accent' : 'text-muted hover:bg-raised hover:text-text',
      )}
    >
      <input type="radio" name={`feature-${feature}`} checked={on} onChange={choose} className="sr-only" />
      {FEATURE_VERDICT_LABEL[verdict]}
    </label>
  );
}
