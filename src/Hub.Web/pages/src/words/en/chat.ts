/** The conversation with the shop's staff. */
export const chat = {
  open: 'Chat with us', close: 'Close the chat', title: 'Chat', unread: (count: number) => count === 1 ? '1 new message' : `${count} new messages`, hello: 'How can we help?', helloText: 'Write to us, or pick one of these. The conversation goes on by text message or e-mail when you leave.',
  write: 'Write a message', send: 'Send', sending: 'Sending…', failed: 'Not sent. Try again.', unsent: 'Not sent yet. It goes as soon as your visit goes on.', offline: 'No connection. Your words are kept.', typing: (who: string) => `${who} is typing…`, you: 'You', hub: 'OmniHub', staff: 'Support',
  read: 'Read', log: 'Messages', earlier: 'Earlier messages', forgotten: '(forgotten)', today: 'Today', answered: 'Answered.', via: (channel: string) => `by ${channel}`, note: 'Note for staff',
  commands: [['Where is my order?', 'status'], ['Send my receipt', 'receipt'], ['I want a refund', 'refund'], ['Talk to somebody', 'human']] as [string, string][],
  ended: 'Your visit has ended', endedSignIn: 'It lasts a while, so that nobody else reads on. Your conversation is kept: sign in again to go on.', endedBack: 'It lasts a while, so that nobody else reads on. Your conversation is kept: open this page from your shop again to go on.', signIn: 'Sign in again',
  closed: 'The chat opens once you have placed an order.', pay: 'Confirm', reject: 'Reject',
  channels: { sms: 'text message', email: 'e-mail', whatsapp: 'WhatsApp' } as Record<string, string>, customer: 'Customer',
};
