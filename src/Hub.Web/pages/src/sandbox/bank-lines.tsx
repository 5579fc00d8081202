import { formatMinor } from '../shared/money.ts';
import { sentence, Status } from '../shared/status.tsx';
import type { BookLine } from './books.ts';

/** What a bank was asked for, line by line, with how often it was asked. */
export function Lines({ of, lines, currency }: { of: string; lines: BookLine[]; currency: string }) {
  return (
    <div class="scroll-x" tabIndex={0} role="region" aria-label={`Operations of ${of}`}>
      <table>
        <thead><tr><th scope="col">Operation</th><th scope="col" class="end">Amount</th><th scope="col" class="end">Calls</th><th scope="col" class="end">Carried out</th></tr></thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <td><span class="book-kind">{line.kind} <Status of={line.status} /></span>{line.note && <small class="muted">{sentence(line.note)}</small>}</td>
              <td class="end">{line.amount === null ? '' : formatMinor(line.amount, currency)}</td>
              <td class="end">{line.calls ?? '–'}</td>
              <td class="end">{line.carriedOut ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
