/** The sandbox bank's magic cards, by what they do. */
export const cards: { number: string; does: string }[] = [
  { number: '4242424242424242', does: 'Approves' },
  { number: '4000000000000002', does: 'Declines, without a reason' },
  { number: '4000000000009995', does: 'Declines: insufficient funds' },
  { number: '4000000000000069', does: 'Declines: expired card' },
  { number: '4000000000000127', does: 'Declines: incorrect security code' },
  { number: '4000000000003220', does: 'Asks the customer on the bank’s own page first' },
  { number: '4000000000000341', does: 'Authorizes, but the capture fails' },
  { number: '4000000000005126', does: 'A refund fails later' },
  { number: '4000000000006975', does: 'Charges, then never answers: the hub has to ask' },
  { number: '4000000000006983', does: 'Answers 500, although it was done' },
  { number: '4000000000007007', does: 'Answers 500 the first time, and nothing was done' },
  { number: '4000000000007015', does: 'Declines by webhook, seconds later' },
  { number: '4000000000007023', does: 'Approves, and says so three times' },
  { number: '4000000000007031', does: 'Its webhook arrives before its answer' },
  { number: '4000000000007049', does: 'Answers with another amount: quarantined' },
];
