import { useEffect, useState } from 'preact/hooks';
import { t } from '../words/words.ts';
import './update.css';
import { keepApp } from './worker.ts';

/** Offers a new version of the page, never while a payment is under way here. */
export function Update({ busy }: { busy: boolean }) {
  const [use, setUse] = useState<(() => void) | null>(null);
  useEffect(() => void keepApp((waiting) => setUse(() => waiting)), []);
  if (use === null || busy) return null;
  return (
    <div class="app-update" role="status" data-testid="update">
      <span>{t.my.update}</span>
      <button type="button" class="button button-secondary button-small" onClick={use} data-testid="update-use">{t.my.updateNow}</button>
    </div>
  );
}
