/** What a conversation is, as the hub shows it. */

export type Author = 'customer' | 'staff' | 'hub';

export interface Message {
  id: string;
  /** Its place in the conversation; what is read is counted by it. */
  sequence: number;
  author: Author;
  /** Who of the staff: for staff the e-mail address, for customers the name. */
  by: string | null;
  channel: string;
  text: string;
  at: string;
  /** For staff alone. */
  note: boolean;
  order: string | null;
  payment: string | null;
  wish: 'person' | 'refund' | null;
  confirmation: { id: string; expires_at: string; ended: string | null } | null;
  /** What may be pressed now. */
  buttons: { label: string; command: string }[];
}

export interface Conversation {
  id: string;
  customer: string;
  merchant: string;
  status: 'waiting' | 'assigned' | 'resolved';
  assignee: string | null;
  assignee_name: string | null;
  waiting_since: string | null;
  unread: { customer: number; staff: number };
  /** Up to which sequence each side has read. */
  read: { customer: number; staff: number };
  last_message_at: string | null;
  sequence: number;
  /** Oldest first: the last fifty, or in a live update those it adds or changes. */
  messages: Message[];
}

/** A list of messages further back. */
export interface Page {
  data: Message[];
  has_more: boolean;
}

/** What a page needs of the hub to speak in a conversation. */
export interface Client {
  get: <T>(path: string) => Promise<T>;
  post: <T>(path: string, body: unknown, options: { key: string }) => Promise<T>;
}

/** Which side of the conversation this page is. */
export type Side = 'customer' | 'staff';
