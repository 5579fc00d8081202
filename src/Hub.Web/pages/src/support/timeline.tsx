import type { ComponentChildren } from 'preact';
import { ApiIcon, BankIcon, HubIcon, MailIcon, SmsIcon, WebIcon } from '../shared/icons.tsx';
import type { Channel, TimelineEntry } from '../shared/types.ts';
import { clockTime, fullTime } from '../shared/when.ts';

const channels: Record<Channel, [ComponentChildren, string]> = {
  web: [<WebIcon size={16} />, 'Web'],
  sms: [<SmsIcon size={16} />, 'Text message'],
  email: [<MailIcon size={16} />, 'E-mail'],
  api: [<ApiIcon size={16} />, 'Merchant'],
  bank: [<BankIcon size={16} />, 'Bank'],
};

/** What the machinery does on the way; it stays readable, but small beside what people and the bank did. */
const isMinor = (type: string) => /^(webhook|notification)\.(queued|requested|sent|delivered)$|_requested$|\.confirmation_sent$/.test(type) && !type.endsWith('refund_requested') && type !== 'payment.confirmation_requested';

/** One line per event, whatever channel it came from; the newest on top, where a live page is looked at. */
export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  if (entries.length === 0) return <p class="muted small">Nothing has happened yet.</p>;
  return (
    <ol class="timeline" aria-live="polite" data-testid="timeline">
      {[...entries].reverse().map((entry) => {
        const [icon, name] = (entry.channel && channels[entry.channel]) ?? [<HubIcon size={16} />, 'Hub'];
        return (
          <li key={`${entry.topic} ${entry.sequence}`} class={`event event-${entry.channel ?? 'hub'}${isMinor(entry.type) ? ' event-minor' : ''}`} data-testid="event" data-type={entry.type} data-channel={entry.channel ?? 'hub'}>
            <span class="event-icon">{icon}</span>
            <div><p>{entry.summary}</p><p class="event-foot"><span>{name}</span><span class="mono">{entry.type}</span></p></div>
            <time dateTime={entry.time} title={fullTime(entry.time)}>{clockTime(entry.time)}</time>
          </li>
        );
      })}
    </ol>
  );
}
