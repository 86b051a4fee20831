import { isComposing } from '../keyboard/composing';
import { fieldInFocus, typeInto } from '../keyboard/type-into';

/** Takes the letters that are typed before the field they are meant for is on the screen; Enter and Escape are left alone. */
export class HeldTyping {
  text = '';
  readonly #onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Backspace') this.text = this.text.slice(0, -1);
    else if (event.key.length === 1) this.text += event.key;
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  // A browser presses a button when Space is let go.
  readonly #onKeyUp = (event: KeyboardEvent) => event.key === ' ' && event.preventDefault();

  /** Takes what is typed from now on. */
  begin(): void {
    window.addEventListener('keydown', this.#onKeyDown, true);
    window.addEventListener('keyup', this.#onKeyUp, true);
  }

  /** Takes no more, and keeps what it has. */
  end(): void {
    window.removeEventListener('keydown', this.#onKeyDown, true);
    window.removeEventListener('keyup', this.#onKeyUp, true);
  }

  /** Types what was taken into the field that has the focus now. */
  release(): void {
    this.end();
    const field = fieldInFocus();
    if (field && this.text !== '') typeInto(field, this.text);
    this.text = '';
  }
}
