import type { Words } from '../en/index.ts';
import { chat } from './chat.ts';
import { checkout } from './checkout.ts';
import { common } from './common.ts';
import { my } from './my.ts';
import { pay } from './pay.ts';
import { shop } from './shop.ts';

/** Chinese, simplified. */
export const words: Words = { ...common, checkout, pay, shop, my, chat };
