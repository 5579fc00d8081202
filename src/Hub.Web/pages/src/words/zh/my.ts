import type { Words } from '../en/index.ts';

export const my: Words['my'] = {
  title: '我的付款', settings: '设置', payments: '付款', hello: (name) => `您好，${name}`, loading: '正在加载您的付款…', none: '还没有付款', noneText: '您的订单会自动显示在这里。', waiting: '等待您的答复', open: '待办', past: '所有订单', more: '显示更早的订单',
  payNow: '继续付款', review: '核对并付款', details: '查看', ordered: (at) => `下单时间 ${at}`, pieces: (count) => `${count} 件`, question: (payee) => `付款给 ${payee}？`, yes: '确认', no: '拒绝', typeCode: '请输入我们发送的验证码', gone: '这笔付款不属于您，或不存在。', answeredElsewhere: '已通过其他渠道答复，这是最新状态。',
  ended: '本次访问已结束', endedText: '每次访问持续 45 分钟，以免他人继续查看。内容没有丢失：请从商店重新打开此页面，即可继续。',
  signedOut: '您已退出', signedOutText: '由商店为您打开此页面。每次访问持续 45 分钟，之后他人无法查看。', viaShop: '在 ACME Books 登录', signOut: '退出', offline: '没有连接', offlineText: '页面已打开，但无法连接到服务器。恢复后会自动继续，您所做的一切都不会丢失。', trying: '正在重试…',
  install: '把此页面添加到手机', installText: '像应用一样打开，几乎不占空间。', installNow: '安装', later: '以后再说', update: '此页面有新版本。', updateNow: '立即使用',
  step: { review: '核对账单', verify: '验证地址', pay: '选择付款方式', bank: '前往银行继续', working: '处理中', confirm: '等待您的答复', done: '' },
  set: {
    title: '如何询问和通知您', saved: '已保存。', save: '保存', saving: '正在保存…', name: '您的姓名', language: '消息语言', languageHint: '所有消息和此页面。', ask: '付款前如何询问我', first: '首先通过', then: '如果我没有答复，再通过', nothing: '不再询问', after: '等待多久后换下一个',
    seconds: (count) => count < 60 ? `${count} 秒` : count % 60 === 0 ? `${count / 60} 分钟` : `${Math.floor(count / 60)} 分 ${count % 60} 秒`, topics: '通知内容', topic: { receipts: '收据', payment_status: '需要您处理的付款', refunds: '退款', shipping: '发货与送达' }, topicHint: '付款询问和验证码始终会送达。',
    none: '不通知', firstThen: (first, then) => `${first}，否则${then}`, quiet: '免打扰时段', quietOn: '以下时段内不发送通知', from: '从', to: '到', zone: '时区', quietHint: '关于您自己付款的询问仍会送达。', off: '不设免打扰', addresses: '我们如何联系您', verified: '已验证', unverified: '尚未验证', verify: '验证',
    optedOut: '您已停止：从该地址发送 START 即可恢复', codeSent: (to) => `我们已将六位数字发送至 ${to}。`, check: '检查', times: '请输入时间，例如 22:00。', differ: '两个时间不能相同。', noZone: '请选择时区。', digest: '汇总通知，每天发送一次，时间', noDigest: '立即发送通知', remove: '移除', removeSure: '移除该地址？', unsubscribed: '您可以在这里重新开启。',
    device: '允许此浏览器在聊天中询问我', deviceText: '聊天会显示付款和两个按钮，您在此处的答复有效。验证码确保是您本人。', browser: '您的一个浏览器', add: '添加地址', channel: '类型', removed: (address) => `已移除 ${address}。`, undo: '撤销', held: (at) => `新地址：${at} 之前不会在此确认付款。`, digestTitle: '每天一封邮件', digestAt: '时间',
  },
};
