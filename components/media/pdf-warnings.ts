/** How the reader begins each of its warnings. */
const PREFIX = 'Warning: ';
/** Named by no message of the reader, which passes over what is not addressed to it. */
const TARGET = 'second-look';
/** A damaged file can complain about each of its objects. */
const WARNINGS_MAX = 200;

interface WarningMessage {
  targetName: typeof TARGET;
  warning: string;
}

const listeners = new Set<(warning: string) => void>();
let unheard: typeof console.warn | null = null;

/** Hears what the reader warns of in this realm until the returned function is called; nothing else is kept from the console. */
export function hearWarnings(heard: (warning: string) => void): () => void {
  listeners.add(heard);
  if (unheard === null) {
    const write = console.warn;
    unheard = write;
    console.warn = (...words: unknown[]) => {
      const [first] = words;
      if (typeof first !== 'string' || !first.startsWith(PREFIX)) return write.apply(console, words);
      for (const listener of listeners) listener(first.slice(PREFIX.length));
    };
  }
  return () => {
    listeners.delete(heard);
    if (listeners.size > 0 || unheard === null) return;
    console.warn = unheard;
    unheard = null;
  };
}

/** In the reader's worker: sends its warnings to the page. */
export function passOnWarnings(): void {
  let sent = 0;
  hearWarnings((warning) => {
    sent += 1;
    if (sent <= WARNINGS_MAX) self.postMessage({ targetName: TARGET, warning } satisfies WarningMessage);
  });
}

/** On the page: hears the warnings of the reader's worker. */
export function hearWorker(port: Worker, heard: (warning: string) => void): void {
  port.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isWarning(data)) heard(data.warning);
  });
}

function isWarning(data: unknown): data is WarningMessage {
  return typeof data === 'object' && data !== null && 'targetName' in data && data.targetName === TARGET && 'warning' in data;
}
