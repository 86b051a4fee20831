import type { Finding } from '@/lib/domain/finding';
import { ForeignText } from '../ui/foreign-text';
import { Pill } from '../ui/pill';
import { Section } from './section';

/** What the console noticed, each with the sentence that says what was seen. */
export function FindingsPanel({ findings }: { findings: Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <Section title="Findings">
      <ul className="grid gap-1.5">
        {findings.map((finding) => (
          <li key={`${finding.kind} ${finding.detail}`} className="grid justify-items-start gap-0.5">
            <Pill tone={finding.weight === 'warning' ? 'warn' : 'plain'}>
              <ForeignText text={finding.label} />
            </Pill>
            <p className="text-muted text-xs">
              <ForeignText text={finding.detail} />
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
