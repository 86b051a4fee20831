'use client';

import { isForeignFault } from '@/components/parts/foreign-fault';
import { Crash, type CrashProps } from '@/components/shell/crash';

/** A fault of one screen. One of a changed document is left to the boundary around the console, which repairs it. */
export default function ConsoleError(props: CrashProps) {
  if (isForeignFault(props.error)) throw props.error;
  return <Crash {...props} />;
}
