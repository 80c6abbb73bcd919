import type { Phrases } from '../phrases.js';

export const menus: Phrases['menus'] = {
  morphBegins:
    'このクリップからモーフを始めます。次に行き先を選んでください。クリップのある別のメッセージのメニューを開き、「アプリ」→「ここへモーフ…」を選びます。',
};
