'use client';

import { Component, Fragment, type ReactNode } from 'react';
import { isForeignFault } from './foreign-fault';
import { type KeptField, keptFields, putBack } from './kept-fields';

/** More than these within a minute are no accident: something changes the document as fast as it is drawn. */
const REPAIRS_MAX = 3;
const MINUTE_MS = 60_000;

interface RepairState {
  error: unknown;
  /** When it was repaired, newest last; milliseconds since 1970. */
  repairs: readonly number[];
  fields: readonly KeptField[];
}

/** Renders its children again after a translator or an extension broke their document, and restores typed text. */
export class RepairBoundary extends Component<{ children: ReactNode }, RepairState> {
  override state: RepairState = { error: null, repairs: [], fields: [] };

  static getDerivedStateFromError(error: unknown): Partial<RepairState> {
    // The old document still stands: what is typed in it is read now, or lost.
    return { error, fields: keptFields() };
  }

  override componentDidUpdate(_props: unknown, before: RepairState) {
    const { error, repairs, fields } = this.state;
    if (error !== null) this.setState({ error: null, repairs: [...recent(repairs), Date.now()] });
    else if (repairs !== before.repairs) putBack(fields);
  }

  override render() {
    const { error, repairs } = this.state;
    if (error === null) return <Fragment key={repairs.at(-1) ?? 0}>{this.props.children}</Fragment>;
    if (!isForeignFault(error) || recent(repairs).length >= REPAIRS_MAX) throw error;
    return null;
  }
}

const recent = (repairs: readonly number[]) => repairs.filter((at) => Date.now() - at < MINUTE_MS);
