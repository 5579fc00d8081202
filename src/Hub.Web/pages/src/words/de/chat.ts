import type { Words } from '../en/index.ts';

export const chat: Words['chat'] = {
  open: 'Mit uns chatten', close: 'Chat schließen', title: 'Chat', unread: (count) => count === 1 ? '1 neue Nachricht' : `${count} neue Nachrichten`, hello: 'Wie können wir helfen?', helloText: 'Schreiben Sie uns, oder wählen Sie etwas aus. Das Gespräch geht per SMS oder E-Mail weiter, wenn Sie gehen.',
  write: 'Nachricht schreiben', send: 'Senden', sending: 'Wird gesendet …', failed: 'Nicht gesendet. Noch einmal versuchen.', unsent: 'Noch nicht gesendet. Es geht ab, sobald Ihr Besuch weitergeht.', offline: 'Keine Verbindung. Ihre Worte bleiben hier.', typing: (who) => `${who} schreibt …`, you: 'Sie', hub: 'OmniHub', staff: 'Support',
  read: 'Gelesen', log: 'Nachrichten', earlier: 'Frühere Nachrichten', forgotten: '(vergessen)', today: 'Heute', answered: 'Beantwortet.', via: (channel) => `per ${channel}`, note: 'Notiz fürs Team',
  commands: [['Wo ist meine Bestellung?', 'status'], ['Quittung senden', 'receipt'], ['Ich möchte eine Erstattung', 'refund'], ['Mit jemandem sprechen', 'human']],
  ended: 'Ihr Besuch ist zu Ende', endedSignIn: 'Er dauert nur eine Weile, damit niemand anders weiterliest. Ihr Gespräch bleibt erhalten: Melden Sie sich wieder an.', endedBack: 'Er dauert nur eine Weile, damit niemand anders weiterliest. Ihr Gespräch bleibt erhalten: Öffnen Sie diese Seite in Ihrem Laden neu.', signIn: 'Wieder anmelden',
  closed: 'Der Chat öffnet sich, sobald Sie etwas bestellt haben.', pay: 'Bestätigen', reject: 'Ablehnen',
  channels: { sms: 'SMS', email: 'E-Mail', whatsapp: 'WhatsApp' }, customer: 'Kunde',
};
