import { columnOrderingFeature, columnVisibilityFeature, createColumnHelper, tableFeatures } from '@tanstack/react-table';
import { COLUMN_IDS, COLUMN_LABEL } from './column-choice';
import type { GridRecord } from './grid-record';

/**
 * Rows come sorted and cut into pages by their source, and only those on the screen are drawn: the table keeps the columns, their
 * order and which are shown.
 */
export const features = tableFeatures({ columnOrderingFeature, columnVisibilityFeature });

const helper = createColumnHelper<typeof features, GridRecord>();

/** All columns; which are shown and in what order is the table's state, taken from the URL. */
export const gridColumns = helper.columns(COLUMN_IDS.map((id) => helper.accessor((record) => record.id, { id, header: COLUMN_LABEL[id] })));
