'use client';

import { useLayoutEffect, useState, useSyncExternalStore } from 'react';
import type { Size } from '@/lib/domain/geometry';
import { PictureViewStore } from './picture-view-store';
import { onPixelRatio } from './pixel-ratio';

/** The view of one picture for as long as the component is shown. `picture` is its size, null while it is unknown. */
export function usePictureView(picture: Size | null): PictureViewStore {
  const [store] = useState(() => new PictureViewStore());
  useLayoutEffect(() => {
    const read = () => store.setRatio(window.devicePixelRatio);
    read();
    return onPixelRatio(read);
  }, [store]);
  useLayoutEffect(() => store.setPicture(picture), [store, picture]);
  return store;
}

/** Something read off a view, kept up to date. What is read has to be the same value while nothing changed. */
export function useViewPart<Part>(store: PictureViewStore, read: (store: PictureViewStore) => Part): Part {
  return useSyncExternalStore(
    store.subscribe,
    () => read(store),
    () => read(store),
  );
}
