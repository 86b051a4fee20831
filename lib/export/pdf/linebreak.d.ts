declare module 'linebreak' {
  export default class LineBreaker {
    constructor(text: string);
    /** Returns the next place where a line may end; null after the last. */
    nextBreak(): { position: number; required: boolean } | null;
  }
}
