import type { Words } from '../en/index.ts';

export const shop: Words['shop'] = {
  nav: '商店', books: '图书', backOffice: '后台', account: '我的账户', title: '写给创造者的书', lead: '选一本放入购物车并付款：这家商店通过 OmniHub 收款。', emptyBasket: '购物车是空的', emptyBasketText: '添加一本书，旅程就开始了。', bar: (pieces) => `购物车 · ${pieces}`,
  add: '加入', toBasket: (name) => `：${name}`, pieces: (name) => `${name} 的数量`, less: '减少一件', more: '增加一件',
  goods: {
    'BK-001': '一部小说，讲述一位从未丢过一分钱的记账人。', 'BK-002': '电报，以及把钱托付给它的人们。', 'BK-003': '用纸制作四十个钟表机构。', 'BK-004': '如何好好等待，附插图。', 'ST-001': 'A5，192 页，可平摊。', 'ST-002': '暖光，可夹在任何封面上。',
  },
  form: {
    basket: '您的购物车', each: (price) => `每件 ${price}`, sum: '商品', deliverTo: '收货信息', sample: '填入示例', name: '姓名', phone: '手机号码', phoneHint: '沙盒号码，例如', email: '电子邮件', address: '地址', ask: '付款前如何询问我', bySms: '短信', smsFallback: '未送达时改发邮件', byMail: '电子邮件',
    placing: '正在下单…', go: '去结账', signs: 'ACME 会为您的订单签名；税费和运费见下一步的账单。', enterName: '请输入姓名。', enterPhone: '请输入带国家代码的号码，例如 +15005551234。', enterMail: '请输入电子邮件地址。', enterAddress: '请输入收货地址。',
  },
  signIn: { title: '我在 ACME 的账户', text: '您的订单和付款，以及如何询问您。商店通过您下单时的信息识别您。', open: '打开我的付款', unknown: '还没有人用这个号码和邮箱下单。请先购买一本书。', other: '使用其他信息' },
};
