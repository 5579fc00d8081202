/** What a message invites one to answer or to copy. */
export interface QuickReply {
  kind: 'answer' | 'copy';
  text: string;
}

/**
 * The answers and codes named in a message: `PAY 4839` and `NO 4839` to send, a six-digit code to copy.
 * In the order of the text, each once.
 */
export function quickReplies(body: string): QuickReply[] {
  const found: QuickReply[] = [];
  const add = (kind: QuickReply['kind'], text: string) => {
    if (!found.some((reply) => reply.text === text)) found.push({ kind, text });
  };
  for (const match of body.matchAll(/\b(PAY|NO)\s+(\d{4})\b/g)) add('answer', `${match[1]} ${match[2]}`);
  for (const match of body.matchAll(/(?<![\d+])\d{6}(?!\d)/g)) add('copy', match[0]);
  return found;
}
