/** An uploaded file that cannot be looked at. The message is a sentence for whoever sent it. */
export class UnreadableMedia extends Error {
  override readonly name = 'UnreadableMedia';
}
