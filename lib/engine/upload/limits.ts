/** Bytes one uploaded file may have. */
export const FILE_LIMIT = 50_000_000;

/** Bytes a whole upload may have; beyond it reading stops. Generous, so that a file over its limit still gets a clear answer. */
export const BODY_LIMIT = 3 * FILE_LIMIT;

/** Bytes the `tags` field may have: more than the tag rules let through, even escaped. */
export const TAGS_LIMIT = 500_000;
