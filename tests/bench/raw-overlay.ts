/** What a bare canvas is to draw. Boxes and points in pixels of the picture. */
export interface RawScene {
  faces: { box: { x1: number; x2: number; y1: number; y2: number }; points: { x: number; y: number }[]; label: string }[];
  picture: { width: number; height: number };
  /** A label on every face, as whoever knows no levels of detail draws it. */
  labels: boolean;
}

/**
 * The peer of the overlay: the same lines and dots, face by face, on the only canvas of a page, moved by dragging. It is handed
 * to the browser as it stands, and so may use nothing from outside.
 */
export function drawRaw({ faces, picture, labels }: RawScene): void {
  const canvas = document.querySelector('canvas');
  const context = canvas?.getContext('2d');
  if (!canvas || !context) return;
  const scale = Math.min(canvas.width / picture.width, canvas.height / picture.height);
  let left = (canvas.width - picture.width * scale) / 2;
  let top = (canvas.height - picture.height * scale) / 2;
  let frame = 0;
  let from: { x: number; y: number } | null = null;
  const draw = () => {
    frame = 0;
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.font = '600 12px sans-serif';
    context.textBaseline = 'middle';
    for (const { box, points, label } of faces) {
      const [x, y] = [box.x1 * scale + left, box.y1 * scale + top];
      const [width, height] = [(box.x2 - box.x1) * scale, (box.y2 - box.y1) * scale];
      context.strokeStyle = 'rgba(0, 0, 0, 0.6)';
      context.lineWidth = 3.5;
      context.strokeRect(x, y, width, height);
      context.strokeStyle = '#c0c4cc';
      context.lineWidth = 1.5;
      context.strokeRect(x, y, width, height);
      for (const point of points) {
        for (const [radius, colour] of [
          [2.5, 'rgba(0, 0, 0, 0.6)'],
          [1.5, '#c0c4cc'],
        ] as const) {
          context.fillStyle = colour;
          context.beginPath();
          context.arc(point.x * scale + left, point.y * scale + top, radius, 0, 2 * Math.PI);
          context.fill();
        }
      }
      if (!labels) continue;
      context.fillStyle = '#20252b';
      context.fillRect(x, y - 20, context.measureText(label).width + 10, 18);
      context.fillStyle = '#ffffff';
      context.fillText(label, x + 5, y - 11);
    }
  };
  canvas.addEventListener('pointerdown', ({ clientX, clientY }) => {
    from = { x: clientX, y: clientY };
  });
  canvas.addEventListener('pointerup', () => {
    from = null;
  });
  canvas.addEventListener('pointermove', ({ clientX, clientY }) => {
    if (!from) return;
    left += clientX - from.x;
    top += clientY - from.y;
    from = { x: clientX, y: clientY };
    if (frame === 0) frame = requestAnimationFrame(draw);
  });
  draw();
}
