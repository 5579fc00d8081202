import type { Api } from '../shared/api.ts';
import { useTask } from '../shared/hooks.ts';
import { DownloadIcon } from '../shared/icons.tsx';
import { sentenceFor } from '../shared/problem.ts';
import { Button, Notice } from '../shared/ui.tsx';
import { t } from '../words/words.ts';

/** The signed receipt as a file. The hub gives it to the session alone, so no bare link could fetch it. */
export function DownloadReceipt({ api, payment }: { api: Api; payment: string }) {
  const task = useTask();
  const save = () => task.run(async () => {
    const url = URL.createObjectURL(await api.download(`/v1/payments/${payment}/receipt`));
    const link = document.createElement('a');
    link.href = url;
    link.download = `receipt-${payment}.json`;
    link.click();
    // The browser has taken the file up by the next turn of its loop.
    setTimeout(() => URL.revokeObjectURL(url), 0);
  });
  return (
    <div class="download-receipt">
      <Button testid="download-receipt" kind="secondary" wide busy={task.busy} onPress={save}><DownloadIcon /> {t.checkout.result.download}</Button>
      {task.error !== null && <Notice tone="bad" testid="receipt-problem">{sentenceFor(task.error)}</Notice>}
      <p class="muted small">{t.checkout.result.signed}</p>
    </div>
  );
}
