/** The ways to pay. */
export const pay = {
  title: 'How do you want to pay?', titleAgain: 'How else do you want to pay?', none: (merchant: string) => `There is no way to pay this here now. Ask ${merchant}.`,
  names: { card: 'Card', wallet: 'Wallet', net_banking: 'Net banking', ecash: 'E-cash', echeck: 'E-check' },
  notes: {
    card: 'Visa, Mastercard, Amex, UnionPay', wallet: 'Your cards behind one password', echeck: 'From a bank account', banksUnknown: 'The banks cannot be asked now',
    bank: 'On your bank’s own page', noBank: 'No bank can be reached now', otherCurrency: (has: string) => `${has}: another currency`,
    notEnough: (has: string) => `${has}: not enough`, toSpend: (has: string) => `${has} to spend`,
  },
  press: (amount: string) => `Pay ${amount}`, askedFirst: 'Nothing is taken yet: we ask you first, on your phone or by e-mail.', sending: 'Sending…', encrypting: 'Encrypting and sending…', settingAside: 'Setting it aside…',
  card: {
    card: 'Card', number: 'Card number', expires: 'Expires', monthYear: 'Month and year', monthYearShape: 'MM / YY', code: 'Security code', holder: 'Name on the card', another: 'Another card',
    declinedHere: 'Declined for this payment', saved: 'Saved card', expiresAt: (date: string) => `Expires ${date}`, digitsFront: '4 digits on the front', digitsBack: '3 digits on the back',
    neverStored: 'It is never stored, so it is asked for each time.', anyDigits: (length: number) => `To test: any ${length} digits.`, toTest: 'To test:', allCards: 'All test cards', neutral: 'Card',
    enterNumber: 'Enter the card number.', kindNotTaken: 'Cards of this kind are not taken here. Use Visa, Mastercard, American Express or UnionPay.',
    brandNotTaken: (brand: string) => `${brand} cards are not taken here. Use Visa, Mastercard, American Express or UnionPay.`, incomplete: 'The card number is incomplete.',
    oneDigit: 'One digit seems wrong: check the card number.', enterExpiry: 'Enter month and year, such as 12 / 30.', expired: 'This card has expired.',
    enterCode: (length: number) => `Enter the ${length} digits of the security code.`, enterHolder: 'Enter the name on the card.',
  },
  wallet: {
    openUntil: (time: string) => `Open until ${time}`, close: 'Close the wallet', empty: 'It is empty. Add a card: its number is kept, its security code never is.', add: 'Add a card to the wallet',
    looking: 'Looking for your wallet…', closedAgain: 'Your wallet has closed by itself. Open it again.', openIt: 'Open it with its password.', password: 'Password of the wallet', unlock: 'Open the wallet',
    holds: (cards: number) => cards === 0 ? 'There is no card in your wallet yet.' : cards === 1 ? 'There is one card in your wallet.' : `There are ${cards} cards in your wallet.`,
    enterPassword: 'Enter the password of your wallet.', notThat: 'That is not the password of your wallet.', notThatLocked: 'That is not the password of your wallet. After five wrong ones it is locked for a while.',
    locked: 'Too many wrong passwords: the wallet is locked for a while. Pay in another way, or come back later.', atLeast: (count: number) => `Use at least ${count} characters.`, noCardNumber: 'Do not use a card number.',
    next: (wait: string | null) => wait === null ? 'Another one can be sent later.' : `Another one can be sent in ${wait}.`, stillCounts: 'The last code can still be typed.', codeEnded: 'The last code has ended, and no other one was sent.',
    seconds: (count: number) => count === 1 ? '1 second' : `${count} seconds`, minutes: (count: number) => count === 1 ? '1 minute' : `${count} minutes`,
    none: 'You have no wallet yet. Give it a password of its own: you type it whenever you pay from it, and nobody can read it to you.', newPassword: 'New password', atLeast8: 'At least 8 characters.',
    onceMore: 'The same once more', notSame: 'This is not the same password.', create: 'Create the wallet', sentTo: 'So that nobody else makes a wallet in your name, we sent six digits to {}.', change: 'Change the password',
  },
  bank: {
    yours: 'Your bank', unavailable: 'Not available now', pick: 'Pick your bank first.',
    text: 'First you confirm the payment, then your bank’s own page opens and you sign in there. Your sign-in stays between you and your bank.', sandbox: 'The page of a sandbox bank shows the customer number and password to test with.',
  },
  ecash: { have: 'You have', aside: 'Set aside for other payments', payment: 'This payment', left: 'Left afterwards' },
  echeck: {
    account: 'Account', another: 'Another account', declinedHere: 'Declined for this payment',
    allow: (merchant: string) => `By paying you allow ${merchant} to take this amount from the account once. Your bank may take some days to clear it.`,
    routing: 'Routing number', routingHint: 'Nine digits; your bank names it beside the account number.', routingTest: 'Nine digits. To test: 011000015.', number: 'Account number', numberHint: '4 to 17 digits.',
    numberTest: 'To test: 000100010001 clears.', allAccounts: 'All test accounts', holder: 'Name on the account', enterRouting: 'Enter the nine digits of the routing number.', nineDigits: 'A routing number has nine digits.',
    oneDigit: 'One digit seems wrong: check the routing number.', enterNumber: 'Enter the account number: 4 to 17 digits.', enterHolder: 'Enter the name on the account.',
    unknownRouting: 'The hub does not know this routing number. Check it.', impossible: 'This account number cannot be right. Check it.',
  },
  instrument: {
    netBanking: (bank: string) => `${bank}, net banking`, ecash: 'E-cash', echeck: (bank: string, digits: string) => `E-check, ${bank}${digits}`, ofWallet: (card: string) => `${card}, from the wallet`,
  },
  failed: {
    reasons: {
      insufficient_funds: 'There is not enough money there.', expired_card: 'The card has expired.', incorrect_security_code: 'The security code was not right.', account_closed: 'The account is closed.',
      account_not_found: 'The bank knows no such account.', customer_denied: 'You said no on your bank’s page.', bank_down: 'The bank cannot be reached now.',
    } as Record<string, string>,
    noReason: 'No reason was given.', nothingTaken: 'Nothing was taken.', saidNo: 'You said no', notInTime: 'No answer in time', tryAgain: 'You may try again.', didNotWork: 'That did not work',
    bank: (bank: string) => `${bank} did not make the payment`, ecash: 'Your e-cash could not pay this', echeck: (last4: string) => `Your bank refused the e-check from the account ending in ${last4}`,
    cardEnding: (last4: string) => `Your bank declined the card ending in ${last4}`, card: 'Your bank declined the card', anotherOfWallet: 'Pick another card of your wallet.', anotherCard: 'Try another card.',
    anotherWay: 'Pay in another way, or try again.', holdReleased: 'The hold on your card is released and nothing was taken.', ecashFree: 'Your e-cash is free again and nothing was taken.',
  },
};
