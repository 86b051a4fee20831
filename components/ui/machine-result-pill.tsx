import type { MachineResult } from '@/lib/domain/verification';
import { Pill } from './pill';

/** The upstream's verdict. */
export function MachineResultPill({ result }: { result: MachineResult }) {
  return result === 'VERIFIED' ? <Pill tone="ok">Verified</Pill> : <Pill tone="bad">Not verified</Pill>;
}
