import type { ReactNode } from 'react';
import { useNarrow } from '../grid/use-media';
import { classNames } from '../ui/class-names';
import { cropMeasures, MEASURE_NAMES, type MeasureCell, type MeasureName } from './crop-measures';
import { FacePicker } from './face-picker';
import type { Comparison } from './use-comparison';

interface Column {
  category: 'id' | 'face';
  head: ReactNode;
  measures: Record<MeasureName, MeasureCell>;
}

/** Both faces in numbers and words: a row each, on a phone a column each. */
export function MeasuresTable({ comparison }: { comparison: Comparison }) {
  const narrow = useNarrow();
  const columns = (['id', 'face'] as const).flatMap((category): Column[] => {
    const side = comparison[category];
    if (!side.chosen) return [];
    const head = <FacePicker key={category} category={category} side={side} pick={comparison.pick} />;
    return [{ category, head, measures: cropMeasures(side.chosen, comparison.quality[category]) }];
  });
  return narrow ? <FaceAColumn columns={columns} /> : <FaceARow columns={columns} />;
}

function FaceARow({ columns }: { columns: Column[] }) {
  return (
    <table className="w-full">
      <caption className="sr-only">Both faces measured</caption>
      <thead>
        <tr className="border-line border-b text-muted text-xs">
          <td />
          {MEASURE_NAMES.map((name) => (
            <th key={name} scope="col" className="h-8 pl-2 text-right font-normal">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {columns.map(({ category, head, measures }) => (
          <tr key={category} className="border-line border-b last:border-b-0">
            <Head scope="row">{head}</Head>
            {MEASURE_NAMES.map((name) => (
              <Cell key={name} cell={measures[name]} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function FaceAColumn({ columns }: { columns: Column[] }) {
  return (
    <table className="w-full">
      <caption className="sr-only">Both faces measured</caption>
      <thead>
        <tr className="border-line border-b">
          <td />
          {columns.map(({ category, head }) => (
            <Head key={category} scope="col">
              {head}
            </Head>
          ))}
        </tr>
      </thead>
      <tbody>
        {MEASURE_NAMES.map((name) => (
          <tr key={name} className="border-line border-b last:border-b-0">
            <th scope="row" className="h-8 text-left font-normal text-muted text-xs">
              {name}
            </th>
            {columns.map(({ category, measures }) => (
              <Cell key={category} cell={measures[name]} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Head({ scope, children }: { scope: 'row' | 'col'; children: ReactNode }) {
  return (
    <th scope={scope} className={classNames('h-9 whitespace-nowrap font-normal', scope === 'row' ? 'text-left' : 'pl-2 text-right')}>
      {children}
    </th>
  );
}

function Cell({ cell: { text, poor, detail } }: { cell: MeasureCell }) {
  const isNumber = /^[-\d]/.test(text);
  return (
    <td title={detail} className={classNames('whitespace-nowrap pl-2 text-right', isNumber && 'font-mono text-xs', poor && 'text-warn')}>
      {text}
    </td>
  );
}
