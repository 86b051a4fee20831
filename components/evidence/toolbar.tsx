import { FlipHorizontal2, Maximize, Minimize, RotateCcw, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCoverAround } from '../privacy/use-cover';
import { classNames } from '../ui/class-names';
import { Kbd } from '../ui/kbd';
import { useKeyLabel } from '../ui/key-label';
import type { OverlaySwitches } from './use-overlay-switches';

/** What can be done to the pictures the keys act on. */
export interface ViewCommands {
  fit: () => void;
  actualSize: () => void;
  zoomIn: () => void;
  zoomOut: () => void;
  turnLeft: () => void;
  turnRight: () => void;
  mirror: () => void;
  /** Opens the sliders, or closes them. */
  adjust: () => void;
  reset: () => void;
}

interface Switch {
  on: boolean;
  toggle: () => void;
}

export interface ToolbarProps {
  commands: ViewCommands;
  switches: OverlaySwitches;
  adjusting: boolean;
  fullScreen: Switch;
  pair: Switch;
}

/** Everything the canvas keys do, for the mouse. */
export function Toolbar({ commands, switches, adjusting, fullScreen, pair }: ToolbarProps) {
  return (
    <div role="toolbar" aria-label="Picture tools" className="flex flex-wrap items-center justify-center gap-px px-2.5 py-1.5">
      <Tool shortcut="F" onClick={commands.fit}>
        Fit
      </Tool>
      <Tool shortcut="0" onClick={commands.actualSize}>
        1:1
      </Tool>
      <Tool shortcut="-" onClick={commands.zoomOut} label="Zoom out">
        −
      </Tool>
      <Tool shortcut="+" onClick={commands.zoomIn} label="Zoom in">
        +
      </Tool>
      <Tool shortcut="[" onClick={commands.turnLeft} label="Turn left">
        <RotateCcw aria-hidden="true" className="size-3.5" />
      </Tool>
      <Tool shortcut="]" onClick={commands.turnRight} label="Turn right">
        <RotateCw aria-hidden="true" className="size-3.5" />
      </Tool>
      <Tool shortcut="M" onClick={commands.mirror} label="Mirror">
        <FlipHorizontal2 aria-hidden="true" className="size-3.5" />
      </Tool>
      <Tool shortcut="I" onClick={commands.adjust} pressed={adjusting}>
        Adjust
      </Tool>
      <Tool shortcut="Q" onClick={switches.nextLoupe} pressed={switches.loupe > 0}>
        Loupe{switches.loupe > 0 && ` ${switches.loupe}:1`}
      </Tool>
      <Tool shortcut="⌫" keyshortcut="Backspace" onClick={commands.reset} label="Reset turn, zoom and adjustments">
        Reset
      </Tool>
      <span aria-hidden="true" className="mx-1.5 h-4 w-px bg-line-strong max-[1400px]:mx-0.5" />
      <Tool shortcut="H" onClick={switches.toggleBoxes} pressed={switches.boxes}>
        Boxes
      </Tool>
      <Tool shortcut="L" onClick={switches.toggleLandmarks} pressed={switches.landmarks}>
        Landmarks
      </Tool>
      <Tool shortcut="O" onPointerDown={() => switches.setPeeking(true)} pressed={switches.peeking} momentary>
        Hold to hide
      </Tool>
      <BlurTool />
      <span aria-hidden="true" className="mx-1.5 h-4 w-px bg-line-strong max-[1400px]:mx-0.5" />
      <Tool shortcut="P" onClick={pair.toggle} pressed={pair.on} label="Move both pictures together">
        Paired
      </Tool>
      <Tool shortcut="#" onClick={fullScreen.toggle} pressed={fullScreen.on} label="Full screen">
        {fullScreen.on ? <Minimize aria-hidden="true" className="size-3.5" /> : <Maximize aria-hidden="true" className="size-3.5" />}
      </Tool>
    </div>
  );
}

function BlurTool() {
  const cover = useCoverAround();
  return (
    cover && (
      <Tool shortcut="B" onClick={cover.toggle} pressed={cover.covered}>
        Blur
      </Tool>
    )
  );
}

interface ToolProps {
  shortcut: string;
  /** Where the key is spelled otherwise than printed. */
  keyshortcut?: string;
  children: ReactNode;
  label?: string;
  pressed?: boolean;
  /** Acts while it is held; from the keyboard its key does that. */
  momentary?: boolean;
  onClick?: () => void;
  onPointerDown?: () => void;
}

function Tool({ shortcut: usual, keyshortcut, children, label, pressed, momentary = false, onClick, onPointerDown }: ToolProps) {
  const shortcut = useKeyLabel()(usual);
  return (
    <button
      type="button"
      aria-label={label}
      title={label && `${label} (${shortcut})`}
      aria-keyshortcuts={keyshortcut ?? shortcut}
      aria-pressed={momentary ? undefined : pressed}
      onClick={onClick}
      onPointerDown={onPointerDown}
      className={classNames(
        // On a small screen they stand closer, so that they are one row from 1280 pixels on.
        'inline-flex h-7 touch-manipulation select-none items-center gap-1 whitespace-nowrap rounded-md px-1.5 font-medium text-xs max-[1400px]:gap-0.5 max-[1400px]:px-1',
        pressed ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-surface hover:text-text',
      )}
    >
      {children}
      <span className="hidden md:inline">
        <Kbd literal inherit={pressed}>
          {shortcut}
        </Kbd>
      </span>
    </button>
  );
}
