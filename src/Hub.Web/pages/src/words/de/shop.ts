import type { Words } from '../en/index.ts';

export const shop: Words['shop'] = {
  nav: 'Laden', books: 'Bücher', backOffice: 'Verwaltung', account: 'Mein Konto', title: 'Bücher für Leute, die etwas bauen',
  lead: 'Legen Sie eines in den Korb und bezahlen Sie es: Dieser Laden nimmt Zahlungen über OmniHub an.', emptyBasket: 'Ihr Korb ist leer', emptyBasketText: 'Legen Sie ein Buch hinein, dann geht es los.', bar: (pieces) => `Korb · ${pieces}`,
  add: 'In den Korb', toBasket: (name) => `: ${name}`, pieces: (name) => `Stück von ${name}`, less: 'Eines weniger', more: 'Eines mehr',
  goods: {
    'BK-001': 'Ein Roman über einen Buchhalter, der nie einen Cent verlor.', 'BK-002': 'Der Telegraf, und die Menschen, die ihm ihr Geld anvertrauten.', 'BK-003': 'Vierzig Uhrwerke aus Papier zum Selberbauen.',
    'BK-004': 'Wie man gut wartet, mit Zeichnungen.', 'ST-001': 'A5, 192 Seiten, liegt flach.', 'ST-002': 'Warmes Licht, klemmt an jeden Einband.',
  },
  form: {
    basket: 'Ihr Korb', each: (price) => `je ${price}`, sum: 'Waren', deliverTo: 'Lieferung an', sample: 'Beispiel einsetzen', name: 'Name', phone: 'Mobilnummer', phoneHint: 'Eine Sandbox-Nummer, etwa', email: 'E-Mail', address: 'Anschrift',
    ask: 'Fragt mich, bevor ich zahle', bySms: 'Per SMS', smsFallback: 'Per E-Mail, wenn sie nicht ankommt', byMail: 'Per E-Mail', placing: 'Ihre Bestellung wird aufgegeben …', go: 'Zur Kasse',
    signs: 'ACME signiert Ihre Bestellung; Steuer und Versand stehen auf der Rechnung, die Sie gleich sehen.', enterName: 'Geben Sie Ihren Namen ein.', enterPhone: 'Geben Sie die Nummer mit Ländervorwahl ein, etwa +15005551234.',
    enterMail: 'Geben Sie eine E-Mail-Adresse ein.', enterAddress: 'Geben Sie ein, wohin geliefert werden soll.',
  },
  signIn: { title: 'Mein Konto bei ACME', text: 'Ihre Bestellungen und Zahlungen, und wie Sie gefragt werden möchten. Der Laden kennt Sie von Ihrer Bestellung.', open: 'Meine Zahlungen öffnen', unknown: 'Mit dieser Nummer und E-Mail hat noch niemand bestellt. Kaufen Sie erst ein Buch.', other: 'Andere Angaben nehmen' },
};
