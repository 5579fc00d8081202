import { chat } from './chat.ts';
import { checkout } from './checkout.ts';
import { common } from './common.ts';
import { my } from './my.ts';
import { pay } from './pay.ts';
import { shop } from './shop.ts';

/** English: what the other languages have to say as well, or they do not compile. */
export const en = { ...common, checkout, pay, shop, my, chat };

export type Words = typeof en;
