import { LANDMARK_NAMES } from '@/lib/domain/verification';
import type { FaceFacts } from './face-facts';

/** Boxes and landmarks of all faces as numbers, in pixels of the picture. */
export function LandmarkTable({ facts }: { facts: FaceFacts[] }) {
  return (
    <div className="mt-1 grid gap-2">
      {facts.map(({ key, name, face }) => (
        <table key={key} className="w-full text-xs">
          <caption className="text-left text-muted">{name}</caption>
          <tbody className="font-mono text-2xs">
            <Row
              name="box"
              value={
                face.box && `${[face.box.x1, face.box.y1].map(round).join(', ')} to ${[face.box.x2, face.box.y2].map(round).join(', ')}`
              }
            />
            {LANDMARK_NAMES.map((landmark) => {
              const point = face.landmarks[landmark];
              const absent = face.brokenLandmarks.includes(landmark) ? 'not a point' : null;
              return (
                <Row key={landmark} name={landmark.replace('_', ' ')} value={point ? `${round(point.x)}, ${round(point.y)}` : absent} />
              );
            })}
          </tbody>
        </table>
      ))}
    </div>
  );
}

function Row({ name, value }: { name: string; value: string | null }) {
  return (
    <tr>
      <th scope="row" className="py-px text-left font-normal font-sans text-muted">
        {name}
      </th>
      <td className="text-right">{value ?? 'not given'}</td>
    </tr>
  );
}

const round = (value: number): string => value.toFixed(1);
