import { ListChecks, Maximize2, Minimize2, Move, Pause, Play, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { COMPARE_MODES, MODE_LABEL } from '@/lib/domain/comparison-view';
import { classNames } from '../ui/class-names';
import { Kbd } from '../ui/kbd';
import type { Comparison } from './use-comparison';

export interface CompareToolsProps {
  comparison: Comparison;
  heading: string;
  large: boolean;
  toggleLarge: () => void;
  /** Absent for whoever decides nothing here. */
  features?: { open: boolean; toggle: () => void } | undefined;
}

/** How the faces are compared, and the tools that belong to it. */
export function CompareTools({ comparison, heading, large, toggleLarge, features }: CompareToolsProps) {
  const { mode, chooseMode, selfieAlone, setSelfieAlone, atRest, reset } = comparison;
  return (
    <div role="toolbar" aria-label="Comparison tools" className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
      <h2 className="whitespace-nowrap font-semibold">{heading}</h2>
      <fieldset className="flex overflow-hidden rounded-md border border-line-strong [&>button+button]:border-l">
        <legend className="sr-only">Way to compare</legend>
        {COMPARE_MODES.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={mode === one}
            onClick={() => chooseMode(one)}
            className={classNames(
              'h-[26px] touch-manipulation whitespace-nowrap border-line-strong px-2.5 font-medium text-xs focus-visible:outline-offset-[-2px]',
              mode === one ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-raised hover:text-text',
            )}
          >
            {MODE_LABEL[one]}
          </button>
        ))}
      </fieldset>
      <span className="hidden md:inline">
        <Kbd>V</Kbd>
      </span>
      <ModeTool comparison={comparison} />
      <span className="ml-auto flex items-center gap-px">
        <Tool label="Move the selfie face alone (Shift)" pressed={selfieAlone} onClick={() => setSelfieAlone(!selfieAlone)}>
          <Move />
        </Tool>
        <Tool label="Both faces back to where their eyes put them (Backspace)" onClick={reset} disabled={atRest}>
          <RotateCcw />
        </Tool>
        {features && (
          <Tool label="Feature by feature (Shift F)" shortcut="Shift+F" pressed={features.open} onClick={features.toggle}>
            <ListChecks />
          </Tool>
        )}
        <Tool
          label={large ? 'Below the pictures (Shift V)' : 'Over both pictures (Shift V)'}
          shortcut="Shift+V"
          pressed={large}
          onClick={toggleLarge}
        >
          {large ? <Minimize2 /> : <Maximize2 />}
        </Tool>
      </span>
    </div>
  );
}

function ModeTool({ comparison: { mode, blink, split, setSplit, mix, setMix } }: { comparison: Comparison }) {
  if (mode === 'side') return null;
  if (mode === 'slider') return <Share label="Share of the ID" value={split} onChange={setSplit} />;
  if (mode === 'onion') return <Share label="How much the selfie covers" value={mix} onChange={setMix} />;
  return (
    <span className="flex items-center gap-px">
      {!blink.still && (
        <Tool label={blink.running ? 'Stop blinking' : 'Blink by itself'} onClick={blink.toggleRunning}>
          {blink.running ? <Pause /> : <Play />}
        </Tool>
      )}
      <button
        type="button"
        onClick={blink.turn}
        className="h-7 whitespace-nowrap rounded-md px-2 font-medium text-muted text-xs hover:bg-raised hover:text-text"
      >
        Other face
      </button>
    </span>
  );
}

function Share({ label, value, onChange }: { label: string; value: number; onChange: (value: number) => void }) {
  return (
    <input
      type="range"
      aria-label={label}
      title={label}
      min={0}
      max={100}
      value={Math.round(value * 100)}
      aria-valuetext={`${Math.round(value * 100)} percent`}
      onChange={(event) => onChange(Number(event.target.value) / 100)}
      className="w-28 accent-(--accent)"
    />
  );
}

interface ToolProps {
  label: string;
  children: ReactNode;
  onClick: () => void;
  shortcut?: string;
  pressed?: boolean;
  disabled?: boolean;
}

function Tool({ label, children, onClick, shortcut, pressed, disabled }: ToolProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-keyshortcuts={shortcut}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
      className={classNames(
        'inline-flex size-7 touch-manipulation items-center justify-center rounded-md disabled:opacity-40 [&_svg]:size-3.5',
        pressed ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-raised hover:text-text',
      )}
    >
      {children}
    </button>
  );
}
