import type { Words } from '../en/index.ts';

export const pay: Words['pay'] = {
  title: '您想如何付款？', titleAgain: '您想换哪种方式付款？', none: (merchant) => `目前无法在此付款。请联系 ${merchant}。`,
  names: { card: '银行卡', wallet: '钱包', net_banking: '网上银行', ecash: '电子现金', echeck: '电子支票' },
  notes: {
    card: 'Visa、Mastercard、Amex、银联', wallet: '一个密码保护的多张卡', echeck: '从银行账户付款', banksUnknown: '暂时无法查询银行', bank: '在银行自己的页面', noBank: '目前没有可用的银行',
    otherCurrency: (has) => `${has}：币种不同`, notEnough: (has) => `${has}：余额不足`, toSpend: (has) => `可用 ${has}`,
  },
  press: (amount) => `支付 ${amount}`, askedFirst: '现在不会扣款：我们会先通过手机或邮件询问您。', sending: '正在发送…', encrypting: '正在加密并发送…', settingAside: '正在预留…',
  card: {
    card: '银行卡', number: '卡号', expires: '有效期', monthYear: '月和年', monthYearShape: '月 / 年', code: '安全码', holder: '持卡人姓名', another: '其他银行卡', declinedHere: '这笔付款中已被拒绝', saved: '已保存的卡', expiresAt: (date) => `有效期至 ${date}`,
    digitsFront: '正面的 4 位数字', digitsBack: '背面的 3 位数字', neverStored: '安全码从不保存，因此每次都会询问。', anyDigits: (length) => `测试可用任意 ${length} 位数字。`, toTest: '测试卡号：', allCards: '所有测试卡', neutral: '银行卡',
    enterNumber: '请输入卡号。', kindNotTaken: '此处不接受这类卡。请使用 Visa、Mastercard、American Express 或银联。', brandNotTaken: (brand) => `此处不接受 ${brand} 卡。请使用 Visa、Mastercard、American Express 或银联。`,
    incomplete: '卡号不完整。', oneDigit: '有一位数字似乎有误：请核对卡号。', enterExpiry: '请输入月和年，例如 12 / 30。', expired: '此卡已过期。', enterCode: (length) => `请输入 ${length} 位安全码。`, enterHolder: '请输入持卡人姓名。',
  },
  wallet: {
    openUntil: (time) => `已打开，至 ${time}`, close: '关闭钱包', empty: '钱包是空的。请添加一张卡：卡号会保存，安全码从不保存。', add: '向钱包添加银行卡', looking: '正在查找您的钱包…', closedAgain: '您的钱包已自动关闭。请重新打开。', openIt: '请用密码打开。', password: '钱包密码', unlock: '打开钱包',
    holds: (cards) => cards === 0 ? '您的钱包里还没有卡。' : `您的钱包里有 ${cards} 张卡。`, enterPassword: '请输入钱包密码。', notThat: '钱包密码不正确。', notThatLocked: '钱包密码不正确。输错五次后将暂时锁定。', locked: '密码错误次数过多，钱包已暂时锁定。请换一种方式付款，或稍后再来。',
    atLeast: (count) => `请至少使用 ${count} 个字符。`, noCardNumber: '请不要使用卡号。', next: (wait) => wait === null ? '稍后可以再发送。' : `${wait}后可以再发送。`, stillCounts: '上一个验证码仍可使用。', codeEnded: '上一个验证码已失效，新的尚未发送。',
    seconds: (count) => `${count} 秒`, minutes: (count) => `${count} 分钟`, none: '您还没有钱包。请为它设置单独的密码：每次从钱包付款时输入，任何人都无法读出它。', newPassword: '新密码', atLeast8: '至少 8 个字符。', onceMore: '再次输入', notSame: '两次密码不一致。', create: '创建钱包',
    sentTo: '为防止他人以您的名义创建钱包，我们已将六位数字发送至 {}。', change: '更改密码',
  },
  bank: { yours: '您的银行', unavailable: '暂不可用', pick: '请先选择银行。', text: '先确认付款，然后会打开银行自己的页面，您在那里登录。登录信息只在您和银行之间。', sandbox: '沙盒银行的页面会显示测试用的客户号和密码。' },
  ecash: { have: '您的余额', aside: '为其他付款预留', payment: '本次付款', left: '付款后剩余' },
  echeck: {
    account: '账户', another: '其他账户', declinedHere: '这笔付款中已被拒绝', allow: (merchant) => `付款即表示您允许 ${merchant} 从该账户扣取此金额一次。银行可能需要几天结清。`, routing: '银行路由号码', routingHint: '九位数字，银行会与账号一同提供。', routingTest: '九位数字。测试可用 011000015。',
    number: '账号', numberHint: '4 至 17 位数字。', numberTest: '测试：000100010001 可结清。', allAccounts: '所有测试账户', holder: '户名', enterRouting: '请输入九位路由号码。', nineDigits: '路由号码有九位数字。', oneDigit: '有一位数字似乎有误：请核对路由号码。',
    enterNumber: '请输入账号：4 至 17 位数字。', enterHolder: '请输入户名。', unknownRouting: '未知的路由号码，请核对。', impossible: '账号有误，请核对。',
  },
  instrument: { netBanking: (bank) => `${bank}，网上银行`, ecash: '电子现金', echeck: (bank, digits) => `电子支票，${bank}${digits}`, ofWallet: (card) => `${card}，来自钱包` },
  failed: {
    reasons: {
      insufficient_funds: '余额不足。', expired_card: '卡已过期。', incorrect_security_code: '安全码不正确。', account_closed: '账户已关闭。', account_not_found: '银行没有这个账户。', customer_denied: '您在银行页面选择了拒绝。', bank_down: '目前无法连接银行。',
    },
    noReason: '没有给出原因。', nothingTaken: '没有扣款。', saidNo: '您已拒绝', notInTime: '未及时答复', tryAgain: '您可以重试。', didNotWork: '未能成功', bank: (bank) => `${bank}未完成付款`, ecash: '您的电子现金无法支付', echeck: (last4) => `您的银行拒绝了尾号 ${last4} 账户的电子支票`,
    cardEnding: (last4) => `您的银行拒绝了尾号 ${last4} 的卡`, card: '您的银行拒绝了此卡', anotherOfWallet: '请从钱包中选择另一张卡。', anotherCard: '请尝试另一张卡。', anotherWay: '请换一种方式付款，或重试。', holdReleased: '卡上的预留已解除，没有扣款。', ecashFree: '您的电子现金已解除预留，没有扣款。',
  },
};
