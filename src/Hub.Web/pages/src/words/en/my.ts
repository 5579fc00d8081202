/** My payments, the settings, and what makes the pages an app. */
export const my = {
  title: 'My payments', settings: 'Settings', payments: 'Payments', hello: (name: string) => `Hello, ${name}`, loading: 'Loading your payments…',
  none: 'No payments yet', noneText: 'What you order shows up here by itself.', waiting: 'Waits for your answer', open: 'To do', past: 'All orders', more: 'Show older ones',
  payNow: 'Go on paying', review: 'Review and pay', details: 'Show', ordered: (at: string) => `Ordered ${at}`, pieces: (count: number) => count === 1 ? '1 piece' : `${count} pieces`,
  question: (payee: string) => `Pay ${payee}?`, yes: 'Confirm', no: 'Reject', typeCode: 'Type the code we sent', gone: 'This payment is not yours, or does not exist.', answeredElsewhere: 'Answered on another channel: this is how it stands.',
  ended: 'Your visit has ended', endedText: 'It lasts 45 minutes, so that nobody else reads on. Nothing is lost: open this page from your shop again, and go on where you were.',
  signedOut: 'You are signed out', signedOutText: 'Your shop opens this page for you. A visit lasts 45 minutes, and nobody else can read it afterwards.', viaShop: 'Sign in at ACME Books', signOut: 'Sign out',
  offline: 'No connection', offlineText: 'The page is here, but the hub cannot be reached. It goes on by itself as soon as it can; nothing you did is lost.', trying: 'Trying again…',
  install: 'Keep this page on your phone', installText: 'It opens like an app, and asks nothing of your storage.', installNow: 'Install', later: 'Not now',
  update: 'A new version of this page is ready.', updateNow: 'Use it now',
  step: {
    review: 'Check the invoice', verify: 'Verify an address', pay: 'Choose how to pay', bank: 'Go on at your bank', working: 'In progress', confirm: 'Waits for your answer', done: '',
  } as Record<string, string>,
  set: {
    title: 'How you want to be asked and told', saved: 'Saved.', save: 'Save', saving: 'Saving…', name: 'Your name', language: 'Language of messages', languageHint: 'All messages and this page.',
    ask: 'Ask me before I pay', first: 'First by', then: 'Then, if I do not answer, by', nothing: 'nobody else', after: 'Go on to the next after', seconds: (count: number) => count < 60 ? `${count} seconds` : count % 60 === 0 ? count === 60 ? '1 minute' : `${count / 60} minutes` : `${Math.floor(count / 60)} min ${count % 60} s`,
    topics: 'What you are told', topic: { receipts: 'Receipts', payment_status: 'Payments that need you', refunds: 'Refunds', shipping: 'Shipping and delivery' }, topicHint: 'Questions about payments and codes always reach you.',
    none: 'Not at all', firstThen: (first: string, then: string) => `${first}, else ${then}`, quiet: 'Quiet hours', quietOn: 'No phone rings for news between', from: 'From', to: 'To', zone: 'Time zone', quietHint: 'Questions about your own payments come through.', off: 'No quiet hours',
    addresses: 'Where we reach you', verified: 'Verified', unverified: 'Not verified yet', verify: 'Verify', optedOut: 'Stopped by you: send START from it to begin again', codeSent: (to: string) => `We sent six digits to ${to}.`, check: 'Check',
    times: 'Enter a time, such as 22:00.', differ: 'The two times must differ.', noZone: 'Choose a time zone.', digest: 'Collect news and send them once a day at', noDigest: 'Send news at once',
    remove: 'Remove', removeSure: 'Remove this address?', unsubscribed: 'You can turn it on again here.',
    device: 'Let this browser ask me in the chat', deviceText: 'Then the chat shows a payment with two buttons, and your answer counts from here. A code makes sure that it is you.', browser: 'A browser of yours', add: 'Add an address', channel: 'Kind', removed: (address: string) => `${address} was removed.`, undo: 'Undo', held: (at: string) => `New: no payment is confirmed here before ${at}.`, digestTitle: 'One mail a day', digestAt: 'At',
  },
};
