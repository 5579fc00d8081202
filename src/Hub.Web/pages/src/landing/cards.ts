/** The sandbox bank's magic cards, by what they do. */
export const cards: { number: string; does: string }[] = [
  { number: '4242424242424242', does: 'Approves' },
  { number: '5555555555554444', does: 'Approves (Mastercard)' },
  { number: '378282246310005', does: 'Approves (American Express: four digits of code)' },
  { number: '6200000000000005', does: 'Approves (UnionPay)' },
  { number: '4000000000000002', does: 'Declines, without a reason' },
  { number: '4000000000009995', does: 'Declines: insufficient funds' },
  { number: '4000000000000069', does: 'Declines: expired card' },
  { number: '4000000000000127', does: 'Declines: incorrect security code' },
  { number: '4000000000003220', does: 'Asks the customer on the bank’s own page first' },
  { number: '4000000000000341', does: 'Authorizes, but the capture fails' },
  { number: '4000000000005126', does: 'A refund fails later' },
  { number: '4000000000000259', does: 'Approves; a day after the capture the customer disputes it' },
  { number: '4000000000006975', does: 'Charges, then never answers: the hub has to ask' },
  { number: '4000000000006983', does: 'Answers 500, although it was done' },
  { number: '4000000000007007', does: 'Answers 500 the first time, and nothing was done' },
  { number: '4000000000007015', does: 'Declines by webhook, seconds later' },
  { number: '4000000000007023', does: 'Approves, and says so three times' },
  { number: '4000000000007031', does: 'Its webhook arrives before its answer' },
  { number: '4000000000007049', does: 'Answers with another amount: quarantined' },
  { number: '4000000000007056', does: 'Turned away by the first bank; the second one approves' },
  { number: '4000000000007064', does: 'Turned away by every bank' },
  { number: '4000000000007072', does: 'Approves, but signs the capture with a wrong key: nobody believes it' },
];

/** The sandbox banks' customers, for net banking. */
export const netBanks: { bank: string; number: string; password: string; does: string }[] = [
  { bank: 'Aster Bank', number: '10002001', password: 'aster-garden', does: 'Pays, and sends you back' },
  { bank: 'Birch & Daughters', number: '10002002', password: 'birch-grove', does: 'Pays, but loses you on the way back: the hub has to ask' },
  { bank: 'Cedar Savings', number: '10002003', password: 'cedar-hill', does: 'Pays, and takes the money back two days later' },
  { bank: 'Dogwood Trust', number: '–', password: '–', does: 'Is down: shown, and cannot be chosen' },
];

/** The accounts of the sandbox's e-check bank. */
export const accounts: { number: string; does: string }[] = [
  { number: '000100010001', does: 'Accepted, and clears two days later' },
  { number: '000100010002', does: 'Refused at once: no such account' },
  { number: '000100010003', does: 'Accepted, and returned a day later: insufficient funds' },
  { number: '000100010004', does: 'Accepted, cleared, and returned two days after that: account closed' },
];

/** A routing number whose check digit fits. */
export const routingNumber = '011000015';

