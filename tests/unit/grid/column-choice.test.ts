import { describe, expect, it } from 'vitest';
import {
  COLUMN_IDS,
  columnsInOrder,
  DEFAULT_COLUMNS,
  formatColumns,
  moveColumn,
  parseColumns,
  toggleColumn,
} from '@/components/grid/column-choice';
import { tableWidth } from '@/components/grid/column-tracks';

describe('the columns in the URL', () => {
  it('are the usual ones when the URL names none, and the usual ones are left out of it', () => {
    expect(parseColumns(null)).toEqual(DEFAULT_COLUMNS);
    expect(parseColumns('')).toEqual(DEFAULT_COLUMNS);
    expect(formatColumns(DEFAULT_COLUMNS)).toBeNull();
  });

  it('come back as they were written, in their order', () => {
    const chosen = parseColumns('received,id,selfieSize,result');
    expect(chosen).toEqual(['received', 'id', 'selfieSize', 'result']);
    expect(formatColumns(chosen)).toBe('received,id,selfieSize,result');
  });

  it('always hold the id, which leads to the case', () => {
    expect(parseColumns('result,state')).toEqual(['id', 'result', 'state']);
    expect(toggleColumn(['id', 'result'], 'id')).toEqual(['id', 'result']);
  });

  it.each([
    ['id,nonsense', 'nonsense'],
    ['id,constructor', 'constructor'],
    ['id,result,result', 'result'],
    ['id,,result', '“”'],
  ])('are refused with the name of what is wrong: %s', (text, named) => {
    expect(() => parseColumns(text)).toThrow(expect.objectContaining({ code: 'bad-request', field: 'columns' }));
    expect(() => parseColumns(text)).toThrow(named);
  });
});

describe('choosing columns', () => {
  it('shows a hidden one beside its neighbour, and hiding it again restores the order', () => {
    const shown = toggleColumn(DEFAULT_COLUMNS, 'selfieSize');
    expect(shown.indexOf('selfieSize')).toBe(shown.indexOf('selfieFile') + 1);
    expect(toggleColumn(shown, 'selfieSize')).toEqual(DEFAULT_COLUMNS);
  });

  it('lists each column once, and showing a hidden one moves no line of the list', () => {
    for (const columns of [DEFAULT_COLUMNS, parseColumns('id'), parseColumns('received,id,faces,result')]) {
      const listed = columnsInOrder(columns);
      expect(listed.toSorted()).toEqual(COLUMN_IDS.toSorted());
      expect(listed.filter((id) => columns.includes(id))).toEqual(columns);
      for (const id of COLUMN_IDS) if (!columns.includes(id)) expect(columnsInOrder(toggleColumn(columns, id))).toEqual(listed);
    }
  });

  it('moves a shown column by one place and stops at the edges', () => {
    expect(moveColumn(['id', 'result', 'state'], 'state', -1)).toEqual(['id', 'state', 'result']);
    expect(moveColumn(['id', 'result', 'state'], 'state', 1)).toEqual(['id', 'result', 'state']);
    expect(moveColumn(['id', 'result', 'state'], 'id', -1)).toEqual(['id', 'result', 'state']);
    expect(moveColumn(['id', 'result'], 'received', 1)).toEqual(['id', 'result']);
  });

  it('fits the usual columns into a window of 1280 pixels without scrolling sideways', () => {
    expect(tableWidth(DEFAULT_COLUMNS)).toBeLessThanOrEqual(1280);
  });
});
