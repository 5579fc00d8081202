import type { Words } from '../en/index.ts';

export const chat: Words['chat'] = {
  open: '与我们聊天', close: '关闭聊天', title: '聊天', unread: (count) => `${count} 条新消息`, hello: '需要什么帮助？', helloText: '给我们留言，或选择下面一项。您离开后，对话会通过短信或邮件继续。', write: '输入消息', send: '发送', sending: '正在发送…', failed: '未发送。请重试。', unsent: '尚未发送。访问恢复后会自动发送。', offline: '没有连接。您的内容已保留。',
  typing: (who) => `${who} 正在输入…`, you: '您', hub: 'OmniHub', staff: '客服', read: '已读', log: '消息', earlier: '更早的消息', forgotten: '（已删除）', today: '今天', answered: '已答复。', via: (channel) => `通过${channel}`, note: '内部备注',
  commands: [['我的订单在哪里？', 'status'], ['发送收据', 'receipt'], ['我要退款', 'refund'], ['联系人工客服', 'human']], ended: '本次访问已结束', endedSignIn: '为防止他人继续查看，访问会在一段时间后结束。对话已保留：请重新登录后继续。', endedBack: '为防止他人继续查看，访问会在一段时间后结束。对话已保留：请从商店重新打开此页面后继续。', signIn: '重新登录',
  closed: '下单后即可使用聊天。', pay: '确认', reject: '拒绝',
  channels: { sms: '短信', email: '邮件', whatsapp: 'WhatsApp' }, customer: '客户',
};
