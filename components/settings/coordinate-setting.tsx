'use client';

import { useEffect, useId, useRef, useState } from 'react';
import * as z from 'zod/mini';
import { proposedSetting, SPACE_SETTING_LABEL, SPACE_SETTINGS, type SpaceSetting, type SpaceSurvey } from '@/lib/domain/coordinate-space';
import { ask } from '../review/post';
import { Button } from '../ui/button';
import { LocalTime } from '../ui/local-time';
import { Notice } from '../ui/notice';

const setting = z.enum(SPACE_SETTINGS);
const set = z.object({ coordinates: z.object({ setting, setAt: z.nullable(z.number()), setBy: z.nullable(z.string()) }) });
const number = z.number();
const surveyed = z.object({
  survey: z.object({ records: number, pictures: number, turned: number, shown: number, stored: number, at: number }),
});

type Survey = SpaceSurvey & { at: number };

export interface CoordinateSettingProps {
  coordinates: z.infer<typeof set>['coordinates'];
  /** What the first records said when they were looked into; null before that. */
  survey: Survey | null;
}

/** What the coordinates of this API count: a choice for all pictures, with what the first records speak for. */
export function CoordinateSetting(props: CoordinateSettingProps) {
  const [coordinates, setCoordinates] = useState(props.coordinates);
  const [chosen, setChosen] = useState<SpaceSetting>(props.coordinates.setting);
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const { survey, asking, look, failure } = useSurvey(props.survey);
  const id = useId();
  const save = async () => {
    if (saving || chosen === coordinates.setting) return;
    setSaving(true);
    const result = await ask('PUT', '/api/upstream/coordinates', set, { body: { setting: chosen } });
    setSaving(false);
    setProblem(result.ok ? null : result.message);
    if (result.ok) setCoordinates(result.value.coordinates);
  };
  return (
    <section aria-labelledby={id} className="grid gap-3 rounded-lg border border-line bg-surface px-4 py-3">
      <header>
        <h2 id={id} className="font-semibold">
          This API counts in
        </h2>
        <p className="text-muted">
          A record does not state whether its coordinates count the picture as shown or as stored, before EXIF turned it. What is set here
          holds for every picture; a reviewer can still take one the other way.
        </p>
      </header>
      <fieldset className="grid gap-1.5">
        <legend className="sr-only">This API counts in</legend>
        {SPACE_SETTINGS.map((one) => (
          <label key={one} className="flex items-center gap-2">
            <input type="radio" name={id} checked={chosen === one} onChange={() => setChosen(one)} className="size-4 accent-accent" />
            {SPACE_SETTING_LABEL[one]}
            {survey && proposedSetting(survey) === one && <span className="text-muted text-xs">(proposed)</span>}
          </label>
        ))}
      </fieldset>
      <div aria-live="polite" className="grid gap-2">
        {coordinates.setBy && (
          <p className="text-muted text-xs">
            Set by {coordinates.setBy}, <LocalTime at={coordinates.setAt} />.
          </p>
        )}
        <p className="text-muted">{asking ? 'Looking into the pictures of the first 200 records…' : survey && surveyText(survey)}</p>
        {[problem, failure].map((title) => title && <Notice key={title} tone="bad" title={title} />)}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" small onClick={save} disabled={saving || chosen === coordinates.setting}>
          {saving ? 'Saving…' : 'Save setting'}
        </Button>
        <Button small onClick={look} disabled={asking}>
          {survey ? 'Look at the first records again' : 'Look at the first records'}
        </Button>
      </div>
    </section>
  );
}

/** The survey, made when the screen is first opened and whenever it is asked for again. */
function useSurvey(known: Survey | null) {
  const [survey, setSurvey] = useState(known);
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const isAsked = useRef(false);
  const look = async () => {
    if (isAsked.current) return;
    isAsked.current = true;
    setAsking(true);
    const result = await ask('POST', '/api/upstream/coordinates/survey', surveyed);
    isAsked.current = false;
    setAsking(false);
    setFailure(result.ok ? null : result.message);
    if (result.ok) setSurvey(result.value.survey);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the screen opens
  useEffect(() => {
    if (known === null) void look();
  }, []);
  return { survey, asking, failure, look: () => void look() };
}

function surveyText(survey: SpaceSurvey): string {
  const { records, pictures, turned, shown, stored } = survey;
  const looked = `The first ${records} records: ${pictures} pictures, ${turned} of them turned by EXIF or their container.`;
  if (turned === 0) return `${looked} None of them can tell, so each picture decides.`;
  const said = `${looked} Faces fit only as shown on ${shown}, only as stored on ${stored}.`;
  const proposed = proposedSetting(survey);
  if (proposed !== 'per-picture') return `${said} Proposed: ${SPACE_SETTING_LABEL[proposed].toLowerCase()}.`;
  return `${said} ${shown + stored < 3 ? 'That is too little to propose one way.' : 'They do not agree, so none is proposed for all.'}`;
}
