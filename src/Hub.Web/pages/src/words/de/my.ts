import type { Words } from '../en/index.ts';

export const my: Words['my'] = {
  title: 'Meine Zahlungen', settings: 'Einstellungen', payments: 'Zahlungen', hello: (name) => `Guten Tag, ${name}`, loading: 'Ihre Zahlungen werden geladen …',
  none: 'Noch keine Zahlungen', noneText: 'Was Sie bestellen, erscheint hier von selbst.', waiting: 'Wartet auf Ihre Antwort', open: 'Zu tun', past: 'Alle Bestellungen', more: 'Ältere zeigen',
  payNow: 'Weiter zur Zahlung', review: 'Prüfen und zahlen', details: 'Ansehen', ordered: (at) => `Bestellt am ${at}`, pieces: (count) => `${count} Stück`,
  question: (payee) => `Zahlung an ${payee}?`, yes: 'Bestätigen', no: 'Ablehnen', typeCode: 'Geben Sie den gesendeten Code ein', gone: 'Diese Zahlung ist nicht Ihre, oder es gibt sie nicht.', answeredElsewhere: 'Auf einem anderen Weg beantwortet: So steht es.',
  ended: 'Ihr Besuch ist zu Ende', endedText: 'Er dauert 45 Minuten, damit niemand anders weiterliest. Nichts ist verloren: Öffnen Sie diese Seite in Ihrem Laden neu, und machen Sie weiter, wo Sie waren.',
  signedOut: 'Sie sind abgemeldet', signedOutText: 'Ihr Laden öffnet diese Seite für Sie. Ein Besuch dauert 45 Minuten, danach kann niemand anders sie lesen.', viaShop: 'Bei ACME Books anmelden', signOut: 'Abmelden',
  offline: 'Keine Verbindung', offlineText: 'Die Seite ist da, aber der Hub ist nicht erreichbar. Es geht von selbst weiter, sobald es geht; nichts von dem, was Sie getan haben, ist verloren.', trying: 'Neuer Versuch …',
  install: 'Diese Seite auf dem Telefon behalten', installText: 'Sie öffnet sich wie eine App und braucht kaum Speicher.', installNow: 'Installieren', later: 'Jetzt nicht',
  update: 'Eine neue Fassung dieser Seite ist bereit.', updateNow: 'Jetzt verwenden',
  step: { review: 'Rechnung prüfen', verify: 'Adresse bestätigen', pay: 'Zahlungsart wählen', bank: 'Weiter bei Ihrer Bank', working: 'In Arbeit', confirm: 'Wartet auf Ihre Antwort', done: '' },
  set: {
    title: 'Wie wir Sie fragen und benachrichtigen', saved: 'Gespeichert.', save: 'Speichern', saving: 'Wird gespeichert …', name: 'Ihr Name', language: 'Sprache der Nachrichten', languageHint: 'Alle Nachrichten und diese Seite.',
    ask: 'Fragt mich, bevor ich zahle', first: 'Zuerst per', then: 'Antworte ich nicht, dann per', nothing: 'niemand sonst', after: 'Zum Nächsten nach', seconds: (count) => count < 60 ? `${count} Sekunden` : count % 60 === 0 ? count === 60 ? '1 Minute' : `${count / 60} Minuten` : `${Math.floor(count / 60)} Min. ${count % 60} Sek.`,
    topics: 'Was wir Ihnen mitteilen', topic: { receipts: 'Quittungen', payment_status: 'Zahlungen, die Sie brauchen', refunds: 'Erstattungen', shipping: 'Versand und Zustellung' }, topicHint: 'Fragen zu Zahlungen und Codes erreichen Sie immer.',
    none: 'Gar nicht', firstThen: (first, then) => `${first}, sonst ${then}`, quiet: 'Ruhezeiten', quietOn: 'Für Neuigkeiten klingelt kein Telefon zwischen', from: 'Von', to: 'Bis', zone: 'Zeitzone', quietHint: 'Fragen zu Ihren eigenen Zahlungen kommen durch.', off: 'Keine Ruhezeiten',
    addresses: 'Wo wir Sie erreichen', verified: 'Bestätigt', unverified: 'Noch nicht bestätigt', verify: 'Bestätigen', optedOut: 'Von Ihnen gestoppt: Senden Sie von dort START, um wieder anzufangen', codeSent: (to) => `Wir haben sechs Ziffern an ${to} gesendet.`, check: 'Prüfen',
    times: 'Geben Sie eine Uhrzeit ein, etwa 22:00.', differ: 'Die beiden Zeiten müssen verschieden sein.', noZone: 'Wählen Sie eine Zeitzone.', digest: 'Neuigkeiten sammeln und einmal am Tag senden um', noDigest: 'Neuigkeiten sofort senden',
    remove: 'Entfernen', removeSure: 'Diese Adresse entfernen?', unsubscribed: 'Hier können Sie es wieder einschalten.',
    device: 'Dieser Browser darf mich im Chat fragen', deviceText: 'Dann zeigt der Chat eine Zahlung mit zwei Knöpfen, und Ihre Antwort gilt von hier. Ein Code stellt sicher, dass Sie es sind.', browser: 'Einer Ihrer Browser', add: 'Adresse hinzufügen', channel: 'Art', removed: (address) => `${address} wurde entfernt.`, undo: 'Rückgängig', held: (at) => `Neu: Vor ${at} wird hier keine Zahlung bestätigt.`, digestTitle: 'Eine Mail am Tag', digestAt: 'Um',
  },
};
