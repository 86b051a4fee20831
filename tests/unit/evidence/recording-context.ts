/**
 * One call on a canvas, with the settings it was made under. A stroked or filled path is told as what it consists of: `box` for
 * each rectangle, `dot` for each line of no length.
 */
export interface Stroke {
  call: string;
  args: number[];
  text: string | null;
  lineWidth: number;
  colour: string;
  dash: number[];
}

const TRACED: Record<string, string> = { rect: 'box', moveTo: 'dot' };

/** A 2D context that draws nothing and remembers everything; letters are 7 px wide. */
export function recordingContext(): { context: CanvasRenderingContext2D; strokes: Stroke[] } {
  const strokes: Stroke[] = [];
  const settings = { lineWidth: 1, strokeStyle: '', fillStyle: '', font: '', globalAlpha: 1, dash: [] as number[] };
  let path: { call: string; args: number[] }[] = [];
  const remember =
    (call: string) =>
    (...args: unknown[]) => {
      if (call === 'beginPath') path = [];
      const traced = TRACED[call];
      const numbers = args.filter((arg): arg is number => typeof arg === 'number');
      const text = typeof args[0] === 'string' ? args[0] : null;
      const colour = call.startsWith('stroke') ? settings.strokeStyle : settings.fillStyle;
      const { lineWidth, dash } = settings;
      if (traced) path.push({ call: traced, args: numbers });
      else if (call === 'stroke' || call === 'fill')
        strokes.push(...path.map((part) => ({ ...part, text: null, lineWidth, colour, dash })));
      else strokes.push({ call, args: numbers, text, lineWidth, colour, dash });
    };
  const context = new Proxy(settings, {
    get(target, name) {
      if (name === 'measureText') return (text: string) => ({ width: text.length * 7 });
      if (name === 'setLineDash')
        return (dash: number[]) => {
          target.dash = dash;
        };
      return Reflect.has(target, name) ? Reflect.get(target, name) : remember(String(name));
    },
  });
  // The overlay is handed a stand-in that answers every call it could make.
  return { context: context as unknown as CanvasRenderingContext2D, strokes };
}
