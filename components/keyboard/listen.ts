import { learnLayout } from './layout';
import { obey } from './obey';
import { isOffered, type Offer } from './offers';
import { fieldInFocus, typeInto } from './type-into';

/** A key is kept no longer than this: what somebody wanted then may not be what they want now. */
const KEPT_MS = 10_000;
/** So long after the first part of a page listens, others may still be on their way. */
const YOUNG_MS = 5_000;

interface Kept {
  event: KeyboardEvent;
  /** Who could not obey it yet; null for a key that nobody on the screen offered. */
  offer: Offer | null;
}

declare global {
  interface Window {
    /** Presses that came before the page could listen; see `PageGuard`. */
    earlyKeys?: { take: () => KeyboardEvent[] };
  }
}

let listensSince: number | null = null;
let isReplaying = false;
let kept: Kept[] = [];

/** Begins to listen, once for the whole page, and takes over the keys that came before. */
export function listen(): void {
  if (listensSince !== null) return;
  listensSince = performance.now();
  window.addEventListener('keydown', onKeyDown);
  // Pointing at something is a change of mind.
  window.addEventListener('pointerdown', forgetKept);
  kept = (window.earlyKeys?.take() ?? []).map((event) => ({ event, offer: null }));
}

/** Obeys the kept keys in their order as far as the screen can; called whenever what it offers may have changed. */
export function replayKept(): void {
  if (kept.length === 0 || isReplaying) return;
  isReplaying = true;
  queueMicrotask(() => {
    isReplaying = false;
    for (let next = kept[0]; next && isOver(next); next = kept[0]) kept.shift();
  });
}

function onKeyDown(event: KeyboardEvent): void {
  learnLayout(event);
  const outcome = obey(event);
  if (outcome.kind === 'soon') kept.push({ event, offer: outcome.offer });
  else if (outcome.kind === 'obeyed') forgetKept();
  else if (kept.length > 0 && !isModifier(event)) {
    // What follows a kept key waits behind it, be it a command or text for the field it will open.
    if (fieldInFocus() || isModified(event)) forgetKept();
    else kept.push({ event, offer: null });
  } else if (outcome.kind === 'unoffered' && isYoung()) kept.push({ event, offer: null });
}

function isOver({ event, offer }: Kept): boolean {
  if (event.timeStamp + KEPT_MS < performance.now()) return true;
  const field = fieldInFocus();
  if (field) {
    if (event.key.length === 1) typeInto(field, event.key);
    return true;
  }
  // By the layout it was pressed on.
  learnLayout(event);
  const { kind } = obey(asNew(event));
  // The offer it was kept for knows by now that there is nothing to do.
  return kind === 'obeyed' || kind === 'ignored' || (kind === 'unoffered' && offer !== null && isOffered(offer));
}

const isYoung = () => listensSince !== null && performance.now() - listensSince < YOUNG_MS;

function forgetKept(): void {
  kept = [];
}

const isModifier = ({ key }: KeyboardEvent) => ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock'].includes(key);
const isModified = ({ ctrlKey, altKey, metaKey }: KeyboardEvent) => ctrlKey || altKey || metaKey;

// A dispatched event keeps its state, such as defaultPrevented, so a kept key needs a new event.
function asNew(event: KeyboardEvent): KeyboardEvent {
  const { key, code, shiftKey, ctrlKey, altKey, metaKey, repeat } = event;
  const again = new KeyboardEvent('keydown', { key, code, shiftKey, ctrlKey, altKey, metaKey, repeat, cancelable: true });
  Object.defineProperty(again, 'target', { value: document.activeElement });
  return again;
}
