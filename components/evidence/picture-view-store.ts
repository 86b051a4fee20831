import type { Box, ImagePoint, Size, StagePoint } from '@/lib/domain/geometry';
import { type PictureLook, PLAIN_LOOK } from '@/lib/domain/picture-look';
import { fitView, panBy, toImage, type View, zoomAt } from '@/lib/picture/view';
import { FITTED, type HeldView, holdView, mirror, shiftIntoSight, turnBy, viewOfBox, viewOn } from './held-view';

/**
 * The view of one picture and what can be done to it, outside of React: a picture that is moved is drawn anew sixty times a
 * second, and nothing else on the page has to be. Distances in CSS pixels of its canvas.
 */
export class PictureViewStore {
  #picture: Size | null = null;
  #stage: Size | null = null;
  #state: HeldView = FITTED;
  #look: PictureLook = PLAIN_LOOK;
  #view: View | null = null;
  #ratio = 1;
  readonly #listeners = new Set<() => void>();

  /** Null until picture and canvas are both known. The same object until something changes. */
  get view(): View | null {
    return this.#view;
  }

  get stage(): Size | null {
    return this.#stage;
  }

  /** Pixels of the screen to a CSS pixel. */
  get ratio(): number {
    return this.#ratio;
  }

  get look(): PictureLook {
    return this.#look;
  }

  /** Whether the whole picture is fitted to its canvas. */
  get fitted(): boolean {
    return this.#state.held === null;
  }

  /** How much larger it is seen than when the whole of it is on the canvas; 1 at least. */
  get enlargement(): number {
    return this.enlargementAt(this.#view?.scale ?? 0);
  }

  /** The same for another scale, in CSS pixels to a picture pixel. */
  enlargementAt(scale: number): number {
    const [stage, picture] = [this.#stage, this.#picture];
    return stage && picture ? Math.max(1, scale / fitView(picture, stage, this.#state.turn).scale) : 1;
  }

  /** The picture pixel in the middle of the canvas. */
  get centre(): ImagePoint | null {
    const [view, stage, picture] = [this.#view, this.#stage, this.#picture];
    return view && stage && picture && toImage({ stageX: stage.width / 2, stageY: stage.height / 2 }, picture, view);
  }

  /** Calls `listener` after every change; answers how to stop. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly setPicture = (picture: Size | null): void => {
    if (picture?.width === this.#picture?.width && picture?.height === this.#picture?.height) return;
    this.#picture = picture;
    this.#set(FITTED);
  };

  readonly setStage = (stage: Size): void => {
    this.#stage = stage;
    this.#set(this.#state);
  };

  /** On another screen, or in a zoomed window, a picture seen 1:1 stays 1:1. */
  readonly setRatio = (ratio: number): void => {
    if (ratio === this.#ratio) return;
    const before = this.#ratio;
    this.#ratio = ratio;
    const isActual = this.#view !== null && Math.abs(this.#view.scale * before - 1) < 1e-6;
    if (isActual) this.actualSize();
    else this.#tell();
  };

  fit(): void {
    this.#set({ ...this.#state, held: null });
  }

  /** One picture pixel to one pixel of the screen, not of CSS: a reviewer asks for it to see every pixel. */
  actualSize(): void {
    if (this.#view) this.zoom(1 / this.#ratio / this.#view.scale);
  }

  turn(quarter: 1 | -1): void {
    this.#set(turnBy(this.#state, quarter));
  }

  mirror(): void {
    if (this.#picture) this.#set(mirror(this.#state, this.#picture));
  }

  pan(dx: number, dy: number): void {
    this.#change((view) => panBy(view, dx, dy));
  }

  /** Zooms about a point given as shares (0..1) of the canvas's width and height, its middle when none is given. */
  zoom(factor: number, { across, down }: { across: number; down: number } = { across: 0.5, down: 0.5 }): void {
    this.#change((view, { width, height }) => zoomAt(view, { stageX: across * width, stageY: down * height }, factor));
  }

  centreOn(box: Box): void {
    this.#change((view, room, size) => viewOfBox(box, size, room, view));
  }

  /** Moves the picture as little as needed for all of a box to be on the canvas; brings one that is larger to the middle. */
  bringIntoSight(box: Box): void {
    const [view, stage, picture] = [this.#view, this.#stage, this.#picture];
    if (!view || !stage || !picture) return;
    const { dx, dy } = shiftIntoSight(box, picture, stage, view);
    if (dx !== 0 || dy !== 0) this.pan(dx, dy);
  }

  changeLook(part: Partial<PictureLook>): void {
    this.#look = { ...this.#look, ...part };
    this.#tell();
  }

  /** Fitted, unturned, unfiltered: as the file is. */
  reset(): void {
    this.#look = PLAIN_LOOK;
    this.#set(FITTED);
  }

  /** The picture pixel under a point of the canvas. */
  imagePoint(point: StagePoint): ImagePoint | null {
    return this.#view && this.#picture && toImage(point, this.#picture, this.#view);
  }

  #change(next: (view: View, stage: Size, picture: Size) => View): void {
    const [view, stage, picture] = [this.#view, this.#stage, this.#picture];
    if (view && stage && picture) this.#set(holdView(next(view, stage, picture), picture, stage));
  }

  #set(state: HeldView): void {
    this.#state = state;
    this.#view = this.#stage && this.#picture ? viewOn(this.#stage, this.#picture, state) : null;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
