'use client';

import { useState } from 'react';
import * as z from 'zod/mini';
import { ask } from '../review/post';
import type { SyncWire } from '../sync/sync-store';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { CoordinateSetting, type CoordinateSettingProps } from './coordinate-setting';
import { IndexFacts } from './index-facts';
import { type UnreadableEntry, UnreadableList } from './unreadable-list';

const tested = z.object({ test: z.object({ failure: z.nullable(z.string()), records: z.nullable(z.number()), milliseconds: z.number() }) });
type Test = z.infer<typeof tested>['test'];

export interface ConnectionScreenProps extends CoordinateSettingProps {
  address: string;
  hasKey: boolean;
  sync: SyncWire;
  /** What the two times of the newest records say about the service's clock; null without such records. */
  clock: string | null;
  unreadable: readonly UnreadableEntry[];
}

/** Where the records come from, and whether that answers. The address and the key are settings of the server, not of this screen. */
export function ConnectionScreen({ address, hasKey, sync, clock, unreadable, coordinates, survey }: ConnectionScreenProps) {
  const [test, setTest] = useState<Test | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [testing, setTesting] = useState(false);
  const run = async () => {
    if (testing) return;
    setTesting(true);
    setTest(null);
    setProblem(null);
    const result = await ask('POST', '/api/upstream/test', tested, { advice: 'Nothing was changed. Test again.' });
    setTesting(false);
    if (result.ok) setTest(result.value.test);
    else setProblem(result.message);
  };
  return (
    <div className="grid max-w-3xl gap-5">
      <header>
        <h1 className="font-semibold text-xl">Verification API</h1>
        <p className="text-muted">Where the records come from. Address and key are read from the environment when the console starts.</p>
      </header>
      <dl className="grid gap-x-6 gap-y-2 rounded-lg border border-line bg-surface px-4 py-3 sm:grid-cols-[140px_minmax(0,1fr)]">
        <dt className="text-muted">Address</dt>
        <dd className="font-mono [overflow-wrap:anywhere]">{address}</dd>
        <dt className="text-muted">Key</dt>
        <dd>{hasKey ? 'set; it never leaves the server' : 'none set (VERIFICATION_API_KEY)'}</dd>
        <dt className="text-muted">Index</dt>
        <dd>
          <IndexFacts initial={sync} />
        </dd>
        <dt className="text-muted">Times</dt>
        <dd>{clock ?? 'No record gives both timestamp and timestampISO yet.'}</dd>
      </dl>
      <div className="grid gap-3">
        <Button variant="primary" onClick={run} disabled={testing} className="justify-self-start">
          {testing ? 'Asking…' : 'Test the connection'}
        </Button>
        <div aria-live="polite" className="grid gap-2">
          {problem && <Notice tone="bad" title={problem} />}
          {test && test.failure === null && (
            <Notice tone="ok" title={`It answered in ${test.milliseconds} ms.`}>
              The key is accepted. It holds {test.records?.toLocaleString('en-GB')} records.
            </Notice>
          )}
          {test?.failure && (
            <Notice tone="bad" title={test.failure}>
              After {test.milliseconds} ms. What is kept here stays readable; deciding needs the record.
            </Notice>
          )}
        </div>
      </div>
      <UnreadableList failure={sync.failure} entries={unreadable} count={sync.unreadable} />
      <CoordinateSetting coordinates={coordinates} survey={survey} />
    </div>
  );
}
