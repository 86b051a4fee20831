'use client';

import { type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import type { StagePoint } from '@/lib/domain/geometry';

/** What fingers, mouse and wheel ask of a canvas. Points and distances in its CSS pixels. */
export interface Gestures {
  pan: (dx: number, dy: number) => void;
  zoom: (factor: number, anchor: StagePoint) => void;
  hover: (point: StagePoint | null) => void;
  press: (point: StagePoint) => void;
}

/** Further than this a press is a drag. */
const DRAG_FROM_PX = 4;
const WHEEL_SPEED = 0.0016;
/** A pinch on a trackpad arrives as small wheel steps with Ctrl held. */
const PINCH_SPEED = 0.01;
const LINE_PX = 16;

/** Pointer handlers for an element, and a wheel listener on it that keeps the page from scrolling. */
export function useGestures(element: RefObject<HTMLElement | null>, gestures: Gestures) {
  const current = useRef(gestures);
  useEffect(() => {
    current.current = gestures;
  });
  const down = useRef(new Map<number, StagePoint>());
  const travelled = useRef(0);

  useEffect(() => {
    const target = element.current;
    if (!target) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * LINE_PX : event.deltaY;
      current.current.zoom(Math.exp(-pixels * (event.ctrlKey ? PINCH_SPEED : WHEEL_SPEED)), pointIn(target, event));
    };
    // React's own wheel listener is passive and could not stop the page.
    target.addEventListener('wheel', onWheel, { passive: false });
    return () => target.removeEventListener('wheel', onWheel);
  }, [element]);

  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      down.current.set(event.pointerId, pointIn(event.currentTarget, event));
      travelled.current = down.current.size > 1 ? DRAG_FROM_PX : 0;
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const to = pointIn(event.currentTarget, event);
      const from = down.current.get(event.pointerId);
      if (!from) return current.current.hover(to);
      const other = [...down.current].find(([id]) => id !== event.pointerId)?.[1];
      down.current.set(event.pointerId, to);
      travelled.current += apart(from, to);
      if (other) current.current.zoom(apart(to, other) / Math.max(1, apart(from, other)), between(to, other));
      if (travelled.current < DRAG_FROM_PX) return;
      const share = other ? 0.5 : 1;
      current.current.pan((to.stageX - from.stageX) * share, (to.stageY - from.stageY) * share);
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      const pressed = down.current.delete(event.pointerId) && travelled.current < DRAG_FROM_PX;
      if (pressed) current.current.press(pointIn(event.currentTarget, event));
    },
    onPointerCancel(event: PointerEvent<HTMLElement>) {
      down.current.delete(event.pointerId);
    },
    onPointerLeave() {
      current.current.hover(null);
    },
  };
}

function pointIn(element: HTMLElement, event: { clientX: number; clientY: number }): StagePoint {
  const { left, top } = element.getBoundingClientRect();
  return { stageX: event.clientX - left, stageY: event.clientY - top };
}

const apart = (a: StagePoint, b: StagePoint) => Math.hypot(a.stageX - b.stageX, a.stageY - b.stageY);

const between = (a: StagePoint, b: StagePoint): StagePoint => ({ stageX: (a.stageX + b.stageX) / 2, stageY: (a.stageY + b.stageY) / 2 });
