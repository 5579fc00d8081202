import type { ComponentChildren } from 'preact';

function Icon(props: { children: ComponentChildren; size?: number }) {
  const size = props.size ?? 18;
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8"
      stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      {props.children}
    </svg>
  );
}

interface Size { size?: number }

export const WebIcon = (p: Size) => <Icon {...p}><circle cx="12" cy="12" r="9" /><path d="M3 12h18M12 3c3 3.2 3 14.8 0 18M12 3c-3 3.2-3 14.8 0 18" /></Icon>;
export const SmsIcon = (p: Size) => <Icon {...p}><path d="M20 4H4a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1h4v4l5-4h7a1 1 0 0 0 1-1V5a1 1 0 0 0-1-1Z" /><path d="M8 9h8M8 12.5h5" /></Icon>;
export const MailIcon = (p: Size) => <Icon {...p}><rect x="3" y="5" width="18" height="14" rx="1.5" /><path d="m3.5 6.5 8.5 7 8.5-7" /></Icon>;
export const ApiIcon = (p: Size) => <Icon {...p}><path d="m8 7-5 5 5 5M16 7l5 5-5 5M13.5 5l-3 14" /></Icon>;
export const BankIcon = (p: Size) => <Icon {...p}><path d="M3 9.5 12 4l9 5.5H3ZM5 20h14M6.5 10v7M12 10v7M17.5 10v7" /></Icon>;
export const HubIcon = (p: Size) => <Icon {...p}><circle cx="12" cy="12" r="3" /><path d="M12 15v6M9.8 9.8 5.5 5.5M14.2 9.8l4.3-4.3" /></Icon>;
export const ChatIcon = (p: Size) => <Icon {...p}><path d="M12 3.5c5 0 9 3.300 9 7.500s-4 7.500-9 7.500c-1 0-2-.1-2.900-.4L4.500 20.500l.9-4C3.900 15.200 3 13.200 3 11c0-4.200 4-7.500 9-7.500Z" /><path d="M8.500 11h.1M12 11h.1M15.500 11h.1" /></Icon>;
export const PersonIcon = (p: Size) => <Icon {...p}><circle cx="12" cy="8" r="4" /><path d="M4.500 20.500c.7-4.500 3.700-6.500 7.500-6.500s6.800 2 7.500 6.500" /></Icon>;
export const GearIcon = (p: Size) => <Icon {...p}><path d="M4 7h9M17 7h3M4 17h3M11 17h9" /><circle cx="15" cy="7" r="2.200" /><circle cx="9" cy="17" r="2.200" /></Icon>;
export const CardIcon = (p: Size) => <Icon {...p}><rect x="2.5" y="5" width="19" height="14" rx="2" /><path d="M2.5 10h19M6 15h4" /></Icon>;
export const LockIcon = (p: Size) => <Icon {...p}><rect x="5" y="11" width="14" height="9.5" rx="2" /><path d="M8 11V7.5a4 4 0 0 1 8 0V11" /></Icon>;
export const CheckIcon = (p: Size) => <Icon {...p}><path d="m5 12.5 4.5 4.5L19 7.5" /></Icon>;
export const CrossIcon = (p: Size) => <Icon {...p}><path d="M6 6l12 12M18 6 6 18" /></Icon>;
export const ClockIcon = (p: Size) => <Icon {...p}><circle cx="12" cy="12" r="9" /><path d="M12 7v5l3.5 2" /></Icon>;
export const PhoneIcon = (p: Size) => <Icon {...p}><rect x="6.5" y="2.5" width="11" height="19" rx="2.5" /><path d="M11 18.5h2" /></Icon>;
export const ShopIcon = (p: Size) => <Icon {...p}><path d="M5 8h14l1 12.5H4L5 8Z" /><path d="M9 10.5V7a3 3 0 0 1 6 0v3.5" /></Icon>;
export const AlertIcon = (p: Size) => <Icon {...p}><path d="M12 4 2.8 19.5h18.4L12 4ZM12 10v4.5M12 17v.2" /></Icon>;
export const ArrowIcon = (p: Size) => <Icon {...p}><path d="M5 12h14M13 6l6 6-6 6" /></Icon>;
export const BackIcon = (p: Size) => <Icon {...p}><path d="M19 12H5M11 6l-6 6 6 6" /></Icon>;
export const SendIcon = (p: Size) => <Icon {...p}><path d="M12 19V5M6 11l6-6 6 6" /></Icon>;
export const PeopleIcon = (p: Size) => <Icon {...p}><circle cx="9" cy="8.5" r="3.5" /><path d="M2.5 20c.6-4 3.2-6 6.5-6s5.900 2 6.500 6M16 5.300a3.500 3.500 0 0 1 0 6.400M18 14.600c2 .8 3.200 2.600 3.500 5.400" /></Icon>;
export const WalletIcon = (p: Size) => <Icon {...p}><path d="M19 7.500V5.500a1 1 0 0 0-1-1H5A2 2 0 0 0 5 8.500h15a1 1 0 0 1 1 1V19a1 1 0 0 1-1 1H5a2 2 0 0 1-2-2V6.500" /><path d="M16.500 14.200v.2" /></Icon>;
export const CashIcon = (p: Size) => <Icon {...p}><ellipse cx="12" cy="6.500" rx="8" ry="3" /><path d="M4 6.500v5c0 1.700 3.600 3 8 3s8-1.300 8-3v-5M4 11.500v5c0 1.700 3.600 3 8 3s8-1.300 8-3v-5" /></Icon>;
export const CheckFormIcon = (p: Size) => <Icon {...p}><rect x="2.500" y="6" width="19" height="12" rx="1.500" /><path d="M6 10h7M6 14h4M14.500 14.500c1-1.600 1.800-1.600 2 0 .3.800 1 .6 1.800-.2" /></Icon>;
export const DownloadIcon = (p: Size) => <Icon {...p}><path d="M12 4v11M7.500 11 12 15.500 16.500 11M4.500 19.500h15" /></Icon>;
