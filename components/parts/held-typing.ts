import { isComposing } from '../keyboard/composing';
import { fieldInFocus, typeInto } from '../keyboard/type-into';

/** Takes the letters that are typed before the field they are meant for is on the screen. */
export class HeldTyping {
  text = '';
  #isOn = false;
  readonly #onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Backspace') this.text = this.text.slice(0, -1);
    else if (event.key.length === 1) this.text += event.key;
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  /** Takes what is typed from now on. */
  begin(): void {
    if (this.#isOn) return;
    this.#isOn = true;
    window.addEventListener('keydown', this.#onKeyDown, true);
  }

  /** Takes no more, and keeps what it has. */
  pause(): void {
    this.#isOn = false;
    window.removeEventListener('keydown', this.#onKeyDown, true);
  }

  /** Types what was taken into the field that has the focus now. */
  release(): void {
    this.pause();
    const field = fieldInFocus();
    if (field && this.text !== '') typeInto(field, this.text);
    this.text = '';
  }
}
