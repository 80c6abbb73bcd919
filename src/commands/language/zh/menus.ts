import type { Phrases } from '../phrases.js';

export const menus: Phrases['menus'] = {
  morphBegins: '渐变从这个片段开始。现在选择终点：打开另一条带有片段的消息的菜单，选择“应用”→“渐变到…”。',
};
