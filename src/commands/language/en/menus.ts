/** Commands of the menu that each message has. */
export const menus = {
  /** Told when the first of two clips is chosen. */
  morphBegins:
    'The morph starts at this clip. Now choose where it goes: open the menu of another message with a clip, then Apps → Morph with…',
};
