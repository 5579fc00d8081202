import type { Words } from '../en/index.ts';

export const pay: Words['pay'] = {
  title: 'Wie möchten Sie zahlen?', titleAgain: 'Wie möchten Sie stattdessen zahlen?', none: (merchant) => `Das lässt sich hier gerade nicht bezahlen. Fragen Sie ${merchant}.`,
  names: { card: 'Karte', wallet: 'Brieftasche', net_banking: 'Online-Banking', ecash: 'E-Cash', echeck: 'E-Scheck' },
  notes: {
    card: 'Visa, Mastercard, Amex, UnionPay', wallet: 'Ihre Karten hinter einem Passwort', echeck: 'Von einem Bankkonto', banksUnknown: 'Die Banken sind gerade nicht zu fragen',
    bank: 'Auf der Seite Ihrer Bank', noBank: 'Gerade ist keine Bank erreichbar', otherCurrency: (has) => `${has}: andere Währung`,
    notEnough: (has) => `${has}: reicht nicht`, toSpend: (has) => `${has} verfügbar`,
  },
  press: (amount) => `${amount} zahlen`, askedFirst: 'Noch wird nichts abgebucht: Erst fragen wir Sie, auf dem Telefon oder per E-Mail.', sending: 'Wird gesendet …', encrypting: 'Wird verschlüsselt und gesendet …', settingAside: 'Wird zurückgelegt …',
  card: {
    card: 'Karte', number: 'Kartennummer', expires: 'Gültig bis', monthYear: 'Monat und Jahr', monthYearShape: 'MM / JJ', code: 'Sicherheitscode', holder: 'Name auf der Karte', another: 'Andere Karte',
    declinedHere: 'Für diese Zahlung abgelehnt', saved: 'Gespeicherte Karte', expiresAt: (date) => `Gültig bis ${date}`, digitsFront: '4 Ziffern auf der Vorderseite', digitsBack: '3 Ziffern auf der Rückseite',
    neverStored: 'Er wird nie gespeichert und darum jedes Mal gefragt.', anyDigits: (length) => `Zum Testen: beliebige ${length} Ziffern.`, toTest: 'Zum Testen:', allCards: 'Alle Testkarten', neutral: 'Karte',
    enterNumber: 'Geben Sie die Kartennummer ein.', kindNotTaken: 'Solche Karten werden hier nicht genommen. Nehmen Sie Visa, Mastercard, American Express oder UnionPay.',
    brandNotTaken: (brand) => `Karten von ${brand} werden hier nicht genommen. Nehmen Sie Visa, Mastercard, American Express oder UnionPay.`, incomplete: 'Die Kartennummer ist unvollständig.',
    oneDigit: 'Eine Ziffer scheint falsch: Prüfen Sie die Kartennummer.', enterExpiry: 'Geben Sie Monat und Jahr ein, etwa 12 / 30.', expired: 'Diese Karte ist abgelaufen.',
    enterCode: (length) => `Geben Sie die ${length} Ziffern des Sicherheitscodes ein.`, enterHolder: 'Geben Sie den Namen auf der Karte ein.',
  },
  wallet: {
    openUntil: (time) => `Offen bis ${time}`, close: 'Brieftasche schließen', empty: 'Sie ist leer. Fügen Sie eine Karte hinzu: Ihre Nummer wird aufbewahrt, der Sicherheitscode nie.', add: 'Karte zur Brieftasche hinzufügen',
    looking: 'Ihre Brieftasche wird gesucht …', closedAgain: 'Ihre Brieftasche ist von selbst wieder zugegangen. Öffnen Sie sie noch einmal.', openIt: 'Öffnen Sie sie mit ihrem Passwort.', password: 'Passwort der Brieftasche', unlock: 'Brieftasche öffnen',
    holds: (cards) => cards === 0 ? 'In Ihrer Brieftasche ist noch keine Karte.' : cards === 1 ? 'In Ihrer Brieftasche ist eine Karte.' : `In Ihrer Brieftasche sind ${cards} Karten.`,
    enterPassword: 'Geben Sie das Passwort Ihrer Brieftasche ein.', notThat: 'Das ist nicht das Passwort Ihrer Brieftasche.', notThatLocked: 'Das ist nicht das Passwort Ihrer Brieftasche. Nach fünf falschen ist sie eine Weile gesperrt.',
    locked: 'Zu viele falsche Passwörter: Die Brieftasche ist eine Weile gesperrt. Zahlen Sie anders, oder kommen Sie später wieder.', atLeast: (count) => `Nehmen Sie mindestens ${count} Zeichen.`, noCardNumber: 'Nehmen Sie keine Kartennummer.',
    next: (wait) => wait === null ? 'Ein neuer kann später gesendet werden.' : `Ein neuer kann in ${wait} gesendet werden.`, stillCounts: 'Der letzte Code gilt noch.', codeEnded: 'Der letzte Code gilt nicht mehr, und ein neuer wurde nicht gesendet.',
    seconds: (count) => count === 1 ? '1 Sekunde' : `${count} Sekunden`, minutes: (count) => count === 1 ? '1 Minute' : `${count} Minuten`,
    none: 'Sie haben noch keine Brieftasche. Geben Sie ihr ein eigenes Passwort: Sie tippen es bei jeder Zahlung, und niemand kann es Ihnen vorlesen.', newPassword: 'Neues Passwort', atLeast8: 'Mindestens 8 Zeichen.',
    onceMore: 'Dasselbe noch einmal', notSame: 'Das ist nicht dasselbe Passwort.', create: 'Brieftasche anlegen', sentTo: 'Damit niemand in Ihrem Namen eine Brieftasche anlegt, haben wir sechs Ziffern an {} gesendet.', change: 'Passwort ändern',
  },
  bank: {
    yours: 'Ihre Bank', unavailable: 'Gerade nicht verfügbar', pick: 'Wählen Sie erst Ihre Bank.',
    text: 'Erst bestätigen Sie die Zahlung, dann öffnet sich die Seite Ihrer Bank, und Sie melden sich dort an. Ihre Anmeldung bleibt zwischen Ihnen und Ihrer Bank.', sandbox: 'Die Seite einer Sandbox-Bank nennt Kundennummer und Passwort zum Testen.',
  },
  ecash: { have: 'Sie haben', aside: 'Für andere Zahlungen zurückgelegt', payment: 'Diese Zahlung', left: 'Bleibt danach' },
  echeck: {
    account: 'Konto', another: 'Anderes Konto', declinedHere: 'Für diese Zahlung abgelehnt',
    allow: (merchant) => `Mit der Zahlung erlauben Sie ${merchant}, diesen Betrag einmal von dem Konto einzuziehen. Ihre Bank braucht dafür vielleicht einige Tage.`,
    routing: 'Bankleitzahl (Routing Number)', routingHint: 'Neun Ziffern; Ihre Bank nennt sie neben der Kontonummer.', routingTest: 'Neun Ziffern. Zum Testen: 011000015.', number: 'Kontonummer', numberHint: '4 bis 17 Ziffern.',
    numberTest: 'Zum Testen: 000100010001 wird eingelöst.', allAccounts: 'Alle Testkonten', holder: 'Name des Kontos', enterRouting: 'Geben Sie die neun Ziffern der Bankleitzahl ein.', nineDigits: 'Diese Bankleitzahl hat neun Ziffern.',
    oneDigit: 'Eine Ziffer scheint falsch: Prüfen Sie die Bankleitzahl.', enterNumber: 'Geben Sie die Kontonummer ein: 4 bis 17 Ziffern.', enterHolder: 'Geben Sie den Namen des Kontos ein.',
    unknownRouting: 'Diese Bankleitzahl ist unbekannt. Prüfen Sie sie.', impossible: 'Diese Kontonummer kann nicht stimmen. Prüfen Sie sie.',
  },
  instrument: { netBanking: (bank) => `${bank}, Online-Banking`, ecash: 'E-Cash', echeck: (bank, digits) => `E-Scheck, ${bank}${digits}`, ofWallet: (card) => `${card}, aus der Brieftasche` },
  failed: {
    reasons: {
      insufficient_funds: 'Dort ist nicht genug Geld.', expired_card: 'Die Karte ist abgelaufen.', incorrect_security_code: 'Der Sicherheitscode war nicht richtig.', account_closed: 'Das Konto ist geschlossen.',
      account_not_found: 'Die Bank kennt kein solches Konto.', customer_denied: 'Sie haben auf der Seite Ihrer Bank abgelehnt.', bank_down: 'Die Bank ist gerade nicht erreichbar.',
    },
    noReason: 'Ein Grund wurde nicht genannt.', nothingTaken: 'Nichts wurde abgebucht.', saidNo: 'Sie haben abgelehnt', notInTime: 'Keine Antwort in der Zeit', tryAgain: 'Sie können es noch einmal versuchen.', didNotWork: 'Das hat nicht geklappt',
    bank: (bank) => `${bank} hat die Zahlung nicht ausgeführt`, ecash: 'Ihr E-Cash konnte das nicht bezahlen', echeck: (last4) => `Ihre Bank hat den E-Scheck vom Konto mit den Endziffern ${last4} abgelehnt`,
    cardEnding: (last4) => `Ihre Bank hat die Karte mit den Endziffern ${last4} abgelehnt`, card: 'Ihre Bank hat die Karte abgelehnt', anotherOfWallet: 'Nehmen Sie eine andere Karte aus Ihrer Brieftasche.', anotherCard: 'Versuchen Sie eine andere Karte.',
    anotherWay: 'Zahlen Sie auf andere Art, oder versuchen Sie es noch einmal.', holdReleased: 'Die Vormerkung auf Ihrer Karte ist aufgehoben, und nichts wurde abgebucht.', ecashFree: 'Ihr E-Cash ist wieder frei, und nichts wurde abgebucht.',
  },
};
