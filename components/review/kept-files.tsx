import { useMarkedUrl } from '../api/use-marked-url';
import { LocalTime } from '../ui/local-time';
import type { CaseHistory } from './case-data';
import { Section } from './section';

/** The kept copies of a case whose record the upstream lost. */
export function KeptFiles({ copies }: { copies: CaseHistory['copies'] }) {
  if (copies.length === 0) return null;
  return (
    <Section title="Kept copies of the evidence">
      <ul>
        {copies.map(({ name, keptAt }) => (
          <li key={name} className="flex flex-wrap justify-between gap-x-3">
            <KeptFile name={name} />
            <span className="text-muted">
              as of <LocalTime at={keptAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function KeptFile({ name }: { name: string }) {
  return (
    <a
      href={useMarkedUrl(`/api/files/${encodeURIComponent(name)}`)}
      target="_blank"
      rel="noreferrer"
      className="text-accent hover:underline"
    >
      {name}
    </a>
  );
}
