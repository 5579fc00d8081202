/** The demo shop. The titles of its books stay as they are printed. */
export const shop = {
  nav: 'Shop', books: 'Books', backOffice: 'Back office', account: 'My account', title: 'Books for people who build things',
  lead: 'Put one in the basket and pay for it: this shop takes its payments through OmniHub.', emptyBasket: 'Your basket is empty', emptyBasketText: 'Add a book to begin the journey.', bar: (pieces: number) => `Basket · ${pieces}`,
  add: 'Add', toBasket: (name: string) => ` ${name} to the basket`, pieces: (name: string) => `Pieces of ${name}`, less: 'One less', more: 'One more',
  goods: {} as Record<string, string>,
  form: {
    basket: 'Your basket', each: (price: string) => `${price} each`, sum: 'Goods', deliverTo: 'Deliver to', sample: 'Fill in a sample', name: 'Name', phone: 'Mobile number', phoneHint: 'A sandbox number, such as', email: 'E-mail', address: 'Address',
    ask: 'Ask me before I pay', bySms: 'By text message', smsFallback: 'E-mail if it does not arrive', byMail: 'By e-mail', placing: 'Placing your order…', go: 'Go to checkout',
    signs: 'ACME signs your order; tax and shipping are on the invoice you see next.', enterName: 'Enter your name.', enterPhone: 'Enter the number with its country code, such as +15005551234.',
    enterMail: 'Enter an e-mail address.', enterAddress: 'Enter where it should be delivered.',
  },
  signIn: { title: 'My account at ACME', text: 'Your orders and payments, and how you want to be asked. The shop knows you by what you ordered with.', open: 'Open my payments', unknown: 'Nobody has ordered with this number and e-mail yet. Buy a book first.', other: 'Use other details' },
};
