import { t } from '../words/words.ts';

/** Who buys; kept in this tab, so that the next order finds the same customer and the saved cards. */
export interface Visitor {
  name: string;
  phone: string;
  email: string;
  address: string;
  method: 'sms' | 'email';
}

export type VisitorProblems = Partial<Record<keyof Visitor, string>>;

const place = 'acme.visitor';

export const emptyVisitor: Visitor = { name: '', phone: '', email: '', address: '', method: 'sms' };

export function loadVisitor(): Visitor | null {
  const kept = sessionStorage.getItem(place);
  return kept === null ? null : { ...emptyVisitor, ...(JSON.parse(kept) as Partial<Visitor>) };
}

export function keepVisitor(visitor: Visitor): void {
  sessionStorage.setItem(place, JSON.stringify(visitor));
  sessionStorage.setItem('omnihub.phone', visitor.phone.replace(/[\s()-]/g, ''));
}

/** A person of the sandbox, the same for the whole visit. The range stays clear of the numbers that misbehave on purpose. */
export function sampleVisitor(): Visitor {
  const kept = sessionStorage.getItem('acme.sample') ?? (1000 + Math.floor(Math.random() * 9000)).toString();
  sessionStorage.setItem('acme.sample', kept);
  return { name: 'Ada Lovelace', phone: `+1500555${kept}`, email: `ada.${kept}@example.com`, address: '12 Analytical Row, 10115 Berlin', method: 'sms' };
}

export function visitorProblems(visitor: Visitor): VisitorProblems {
  const problems: VisitorProblems = {};
  if (visitor.name.trim().length < 2) problems.name = t.shop.form.enterName;
  if (!/^\+[1-9]\d{6,14}$/.test(visitor.phone.replace(/[\s()-]/g, ''))) problems.phone = t.shop.form.enterPhone;
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(visitor.email.trim())) problems.email = t.shop.form.enterMail;
  if (visitor.address.trim().length < 5) problems.address = t.shop.form.enterAddress;
  return problems;
}
