import type { Words } from '../en/index.ts';

export const checkout: Words['checkout'] = {
  title: '结账', nextStep: '下一步', loading: '正在加载订单…', paying: (merchant) => `付款给 ${merchant}`,
  encrypted: (merchant) => `卡号和账号在此浏览器中加密，${merchant} 永远看不到。`,
  closed: '此结账页面已关闭',
  closedText: '结账链接只在打开它的浏览器中有效几分钟。请返回商店重新开始。',
  progress: '进度', stages: ['核对', '付款', '确认', '完成'], ended: '已结束',
  invoice: { title: '账单', goods: '商品', tax: '税费', shipping: '运费', total: '合计', taxIncluded: '已含税费', signedBy: (merchant) => `由 ${merchant} 签名` },
  review: {
    title: '这是您的订单吗？', text: (merchant) => `请核对账单。您接受的正是这一份；如果 ${merchant} 作任何更改，会再次询问您。`,
    deliverTo: '收货人', delivery: '配送', youPay: '应付', accept: '接受账单', changed: '自您打开此页面后，账单已更改。',
    showNew: '显示新账单', by: (method, day) => `${method}，${day} 前送达`, methods: { parcel: '包裹' },
  },
  verify: {
    title: '通过哪里询问您？', text: '扣款之前，您将在那里确认付款。我们先用六位验证码确认该地址属于您。',
    address: '地址', send: '发送验证码', type: '输入验证码', sentTo: '我们已将六位数字发送至 {}，几分钟内有效。', check: '验证', other: '使用其他地址',
  },
  bank: {
    waiting: (bank) => `正在等待${bank}`, yourBank: '您的银行', waitingText: '此页面会自动更新。如果银行的答复丢失，我们会去查询。绝不会重复扣款。',
    notFinished: '还没有完成？返回银行页面', signIn: (bank) => `登录${bank}`, question: '您的银行需要确认',
    ownPage: '您在银行自己的页面付款，页面会显示金额和收款方，完成后返回这里。', approve: '银行请您在它自己的页面批准使用此卡，完成后返回这里。', go: (bank) => `前往${bank}`,
  },
  working: {
    text: '此页面会自动更新。您可以关闭它：不会丢失任何内容，也不会重复扣款。', review: '工作人员正在查看这笔付款', taking: '已确认，正在扣款…', asking: (bank) => `已确认，正在联系${bank}…`,
    releasing: '正在解除卡上的预留…', stopping: '正在停止付款…', askingBank: '正在联系您的银行…', preparing: '正在准备付款…',
  },
  confirm: {
    byMail: '请通过邮件确认', byPhone: '请在手机上确认', byChat: '请在聊天中确认', openChat: '打开聊天', inChat: '聊天会用两个按钮询问您。', amount: '金额', to: '收款方', timeLeft: '剩余时间', codeOfMail: '邮件中的六位验证码', codeOfMessage: '或输入消息中的六位验证码', approve: '确认付款',
    whyReject: '为什么拒绝？', differently: '我想换一种付款方式', notMe: '这不是我下的订单', reject: '拒绝这笔付款', nothing: '没有收到？',
    instead: { email: '改发电子邮件', sms: '改发短信', whatsapp: '改用 WhatsApp', chat: '改在聊天中询问' }, sentAgain: '已重新发送。以最新的消息为准，之前的验证码也有效。',
    what: { email: '电子邮件', sms: '短信', whatsapp: 'WhatsApp 消息', chat: '聊天消息' }, sending: (what) => `正在向您发送${what}…`,
    sent: (what, to, mail) => `我们已${to ? `向 ${to} ` : '向您'}发送${what}。${mail ? '请在下方输入其中的验证码。' : '请在那里答复，或在下方输入验证码。'}`,
    wrong: (count) => `验证码不正确。5 次机会已用 ${count} 次。`, wrongNewest: '验证码不正确。请查看最新的消息。',
  },
  answered: { yes: (where) => `已${where}确认。这里无需再做什么。`, no: (where) => `已${where}拒绝。不会扣款。`, other: '此问题已关闭。页面显示的是最新状态。', title: '您已在别处答复' },
  result: {
    again: '重新支付此订单', shop: '返回商店', my: '查看我的所有付款', reserved: '已预留', paid: '已付款', refunded: '已退款', to: '收款方', with: '付款方式', confirmed: '确认方式', order: '订单', payment: '付款编号',
    yourOrder: '您的订单', shippedWith: (carrier) => `由 ${carrier} 发货`, tracking: '运单号', delivered: (at) => `已于 ${at} 送达`, notShipped: '发货后会通知您，此页面也会更新。',
    rejected: '付款已拒绝', canceled: '付款已取消', expired: '这笔付款已过期', confirmedTitle: '已确认', takenBack: '您的银行已收回这笔付款', wasRefunded: '这笔付款已退款', thanks: '谢谢，付款成功',
    by: { sms: '通过短信', email: '通过邮件', web: '在此页面', whatsapp: '通过 WhatsApp', chat: '在聊天中', mobile: '在应用中' }, byOther: (channel) => `通过 ${channel}`,
    exhausted: '验证码错误次数过多。为保障您的安全，付款已停止，没有扣款。', freed: '没有扣款。预留的金额已解除。', tooLate: '未能及时完成。没有扣款。', takenLater: (merchant) => `${merchant} 将在发货时扣款。`,
    openAgain: (merchant) => `款项已退回给您，订单重新开放。${merchant} 会告诉您如何用其他方式付款。`, goesBack: '款项将原路退回。银行需要几天才会显示。',
    clears: '您的银行已接受电子支票，将在几天内结清。收据正在发往您的邮箱。', receiptComes: '收据正在发往您的邮箱。', cameLate: '付款结束后，您的银行才汇出款项。', isBack: '款项已退回给您。', goesBackSoon: '款项会自动退回；银行需要几天才会显示。',
    download: '下载收据', signed: '由 OmniHub 签名：任何人都可以离线验证，多年后依然有效。',
  },
};
