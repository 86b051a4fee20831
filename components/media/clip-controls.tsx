import { Camera, ChevronLeft, ChevronRight, Pause, Play, Volume2, VolumeX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useKeyLabel } from '../ui/key-label';
import { clock } from './clock';
import { type Clip, RATES } from './use-clip';

export interface ClipControlsProps {
  clip: Clip;
  /** Keeps the frame on the screen as a picture; absent where nobody takes it. */
  onStill?: (() => void) | undefined;
}

/** Play, frames, place, speed, sound. */
export function ClipControls({ clip, onStill }: ClipControlsProps) {
  const { state, toggle, step, goTo, setRate, toggleSound } = clip;
  return (
    <div
      role="toolbar"
      aria-label="Clip"
      className="flex flex-wrap items-center gap-x-0.5 gap-y-1 bg-black/70 px-2 py-1 text-white text-xs"
    >
      <Tool label={state.playing ? 'Pause' : 'Play'} shortcut="Space" onClick={toggle}>
        {state.playing ? <Pause /> : <Play />}
      </Tool>
      <Tool label="One frame back" shortcut="," onClick={() => step(-1)}>
        <ChevronLeft />
      </Tool>
      <Tool label="One frame on" shortcut="." onClick={() => step(1)}>
        <ChevronRight />
      </Tool>
      <input
        type="range"
        aria-label="Place in the clip"
        aria-valuetext={`${clock(state.at)} of ${clock(state.duration)}`}
        min={0}
        max={state.duration || 1}
        step="any"
        value={state.at}
        onChange={({ target }) => goTo(Number(target.value))}
        className="mx-1.5 h-6 min-w-24 flex-1 accent-white"
      />
      <span data-clip-time className="whitespace-nowrap tabular-nums">
        {clock(state.at)} / {clock(state.duration)}
      </span>
      <label className="ml-1.5 flex items-center gap-1">
        <span className="sr-only">Speed</span>
        <select
          value={state.rate}
          onChange={({ target }) => setRate(Number(target.value))}
          title="Speed (< and >)"
          className="h-7 rounded-md bg-white/10 px-1 text-white [&>option]:text-black"
        >
          {RATES.map((rate) => (
            <option key={rate} value={rate}>
              {rate}×
            </option>
          ))}
        </select>
      </label>
      <Tool label={state.silent ? 'Sound on' : 'Sound off'} onClick={toggleSound}>
        {state.silent ? <VolumeX /> : <Volume2 />}
      </Tool>
      {onStill && (
        <Tool label="Compare this frame" shortcut=";" onClick={onStill}>
          <Camera />
        </Tool>
      )}
    </div>
  );
}

function Tool({
  label,
  shortcut: usual,
  onClick,
  children,
}: {
  label: string;
  shortcut?: string;
  onClick: () => void;
  children: ReactNode;
}) {
  const keyLabel = useKeyLabel();
  const shortcut = usual && keyLabel(usual, 'clip');
  return (
    <button
      type="button"
      aria-label={label}
      aria-keyshortcuts={shortcut}
      title={shortcut ? `${label} (${shortcut})` : label}
      onClick={onClick}
      className="grid size-7 shrink-0 touch-manipulation place-items-center rounded-md hover:bg-white/15 [&_svg]:size-4"
    >
      {children}
    </button>
  );
}
