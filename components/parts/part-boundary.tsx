'use client';

import { Component, type ReactNode } from 'react';
import { isForeignFault } from './foreign-fault';
import { PartProblem } from './part-problem';

interface PartBoundaryProps {
  name: string;
  onClose: (() => void) | undefined;
  children: ReactNode;
}

/** Keeps the fault of one part from the rest of the page. A fault of the document itself is the page's to repair. */
export class PartBoundary extends Component<PartBoundaryProps, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (isForeignFault(error)) throw error;
    if (error === null) return this.props.children;
    const { name, onClose } = this.props;
    return <PartProblem name={name} onRetry={() => this.setState({ error: null })} onClose={onClose} hasText={false} isBroken />;
  }
}
