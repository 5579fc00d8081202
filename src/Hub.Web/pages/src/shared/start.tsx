import { render, type ComponentChild } from 'preact';
import './base.css';

/** Puts a page into its document. */
export function start(page: ComponentChild): void {
  render(page, document.getElementById('app')!);
}
