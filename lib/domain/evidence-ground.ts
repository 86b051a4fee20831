/**
 * What shows through a transparent picture, wherever one is shown: the white on which the embedded service looks for faces. On another
 * ground the same file may show another face.
 */
export const EVIDENCE_GROUND = '#ffffff';
