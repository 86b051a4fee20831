import { expect, test } from 'vitest';
import { isComposing, isEnter, isSend } from '@/components/keyboard/composing';

test('an Enter belongs to the input method while it composes, also where only key code 229 says so', () => {
  for (const event of [
    { key: 'Enter', isComposing: true },
    { key: 'Enter', isComposing: false, keyCode: 229 },
    { key: 'Process', keyCode: 229 },
    { key: 'Enter', nativeEvent: { isComposing: true } },
    { key: 'Enter', nativeEvent: { isComposing: false, keyCode: 229 } },
  ]) {
    expect(isComposing(event)).toBe(true);
    expect([isEnter(event), isSend({ ...event, ctrlKey: true, metaKey: false })]).toEqual([false, false]);
  }
  const enter = { key: 'Enter', isComposing: false, keyCode: 13 };
  expect(isEnter(enter)).toBe(true);
  expect(isSend({ ...enter, ctrlKey: false, metaKey: true })).toBe(true);
  expect(isSend({ ...enter, ctrlKey: false, metaKey: false })).toBe(false);
});
