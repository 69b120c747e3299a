import { createRequire } from 'node:module';
import { type Lexicon, words } from './lexicon.js';

/** Words of company announcements and market news, as the segmenter cuts them. */
export const CHINESE: Lexicon = {
  positive: words(`
    增长 大增 预增 增加 上升 上涨 大涨 涨停 飙升 走强 走高 反弹 回升 回暖 复苏 新高 创新高 突破 利好 看好 看涨 增持 回购 分红 派息
    高送转 中标 签约 获批 批准 通过 投产 扩产 扩张 盈利 扭亏 扭亏为盈 超预期 好于 优于 领先 提升 提高 改善 优化 加快 加速 强劲 景气
    旺盛 畅销 热销 丰收 受益 红利 机遇 合作 战略合作 独家 首创 获奖 荣获 入选 买入 推荐 上调 稳健 稳定 向好 转正 翻番 翻倍 倍增 攀升
    放量 领涨 龙头 核心 创新 成功 完成 顺利 达成 注资 补贴 减税 降准 降息 支持 扶持 鼓励 利润 满产 订单 大单 纳入 恢复 复牌 摘帽`),
  negative: words(`
    下降 下滑 减少 大减 预减 下跌 大跌 暴跌 跌停 跌破 走弱 走低 回落 新低 创新低 利空 看空 看跌 减持 抛售 套现 亏损 预亏 巨亏 首亏 续亏
    不及 低于 逊于 落后 恶化 放缓 疲软 低迷 萎缩 滞销 积压 停产 减产 停工 停牌 退市 摘牌 戴帽 违规 违法 处罚 罚款 调查 立案 诉讼 起诉
    仲裁 败诉 冻结 查封 质押 平仓 爆仓 违约 逾期 破产 重整 清算 欺诈 造假 虚假 隐瞒 警示 警告 谴责 问询 问询函 监管函 风险 危机 事故 爆炸
    火灾 召回 投诉 质疑 负面 下调 卖出 终止 取消 失败 推迟 延期 辞职 离职 失联 裁员 欠薪 商誉 减值 计提 流出 缩水 拖累 承压 压力 受损 损失
    担忧 恐慌 加息 制裁 禁令 关税 限制 收紧 泄露 污染 腐败 贪污 受贿 被捕 拘留 腰斩 崩盘`),
  negators: words('不 未 没 没有 无 非 未能 不会 不再 不是 未曾 尚未 并未 并非 否认 澄清 避免 免于 防止 难以'),
};

interface Segmenter {
  cut(sentence: string, hmm?: boolean): string[];
}

let segmenter: Segmenter | null = null;

/** Words of a Chinese text. The dictionary is loaded when the first text comes. */
export function segmentChinese(text: string): string[] {
  if (segmenter === null) {
    const require = createRequire(import.meta.url);
    const { Jieba } = require('@node-rs/jieba') as typeof import('@node-rs/jieba');
    const { dict } = require('@node-rs/jieba/dict') as { readonly dict: Uint8Array };
    const made = Jieba.withDict(dict);
    // Whatever the dictionary would cut apart: the lexicon needs its own words whole.
    const own = [...CHINESE.positive, ...CHINESE.negative, ...CHINESE.negators].filter((word) => word.length > 1);
    made.loadDict(
      Buffer.from(
        own
          .map(
            (word) => `${word} 100000 n
`,
          )
          .join(''),
      ),
    );
    segmenter = made;
  }
  return segmenter.cut(text, true).map((token) => token.trim());
}
