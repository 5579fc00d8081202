import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ApiIcon, BankIcon, ChatIcon, HubIcon, MailIcon, PhoneIcon, SmsIcon, WebIcon } from '../shared/icons.tsx';
import type { Channel, TimelineEntry } from '../shared/types.ts';
import { clockTime, fullTime } from '../shared/when.ts';

const channels: Record<Channel, [ComponentChildren, string]> = {
  web: [<WebIcon size={16} />, 'Web'],
  mobile: [<PhoneIcon size={16} />, 'App'],
  sms: [<SmsIcon size={16} />, 'Text message'],
  email: [<MailIcon size={16} />, 'E-mail'],
  whatsapp: [<SmsIcon size={16} />, 'WhatsApp'],
  chat: [<ChatIcon size={16} />, 'Chat'],
  api: [<ApiIcon size={16} />, 'Merchant'],
  bank: [<BankIcon size={16} />, 'Bank'],
};

/** What the machinery does on the way: worth a look when something is stuck, and noise otherwise. */
const plumbing = new Set([
  'webhook.queued', 'webhook.delivered', 'notification.requested', 'notification.delivered', 'payment.confirmation_sent',
  'payment.capture_requested', 'payment.void_requested',
]);

/** One line per event, whatever channel it came from; the newest on top, where a live page is looked at. */
export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? entries : entries.filter((entry) => !plumbing.has(entry.type));
  return (
    <div class="panel">
      <div class="spread">
        <h2>Timeline</h2>
        <button type="button" class="button button-secondary button-small" aria-pressed={all} onClick={() => setAll(!all)} data-testid="all-steps">All {entries.length} steps</button>
      </div>
      {entries.length === 0 ? <p class="muted small">Nothing has happened yet.</p> : <Events entries={shown} />}
    </div>
  );
}

function Events({ entries }: { entries: TimelineEntry[] }) {
  return (
    <ol class="timeline" aria-live="polite" data-testid="timeline">
      {[...entries].reverse().map((entry) => {
        const [icon, name] = (entry.channel && channels[entry.channel]) ?? [<HubIcon size={16} />, 'Hub'];
        return (
          <li key={`${entry.topic} ${entry.sequence}`} class={`event event-${entry.channel ?? 'hub'}${plumbing.has(entry.type) || entry.type === 'notification.sent' ? ' event-minor' : ''}`} data-testid="event" data-type={entry.type} data-channel={entry.channel ?? 'hub'}>
            <span class="event-icon">{icon}</span>
            <div><p>{entry.summary}</p>{entry.detail && <p class="event-detail" data-testid="event-detail">{entry.detail}</p>}<p class="event-foot"><span>{name}</span><span class="mono">{entry.type}</span></p></div>
            <time dateTime={entry.time} title={fullTime(entry.time)}>{clockTime(entry.time)}</time>
          </li>
        );
      })}
    </ol>
  );
}
