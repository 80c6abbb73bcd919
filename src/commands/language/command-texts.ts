import type { englishPayloads } from '../payloads/all.js';

/** What Discord's own menus show of our commands, in one language, by the English text. */
export interface CommandTexts {
  /** Of commands and options: lower case and without spaces, unless it is a command of a menu. */
  readonly names: Readonly<Record<CommandName, string>>;
  /** At most 100 characters each. */
  readonly descriptions: Readonly<Record<TextsOf<Node, 'description'>, string>>;
  /** At most 100 characters each; those whose names are what is sent, such as "mp3", are the same everywhere. */
  readonly choices: Readonly<Record<TextsOf<Spoken<ChoiceOf<Node>>, 'name'>, string>>;
}

export type CommandName = TextsOf<Node, 'name'>;

/** A command, or an option at any depth. */
type Node = NodeOf<(typeof englishPayloads)[number]>;
type NodeOf<Tree> =
  Tree extends Readonly<Record<'options', readonly (infer Option)[]>> ? Tree | NodeOf<Option> : Tree;

type ChoiceOf<Option> =
  Option extends Readonly<Record<'choices', readonly (infer Choice)[]>> ? Choice : never;
type Spoken<Choice> = Choice extends { readonly name: infer Name; readonly value: infer Value }
  ? Name extends Value
    ? never
    : Choice
  : never;

type TextsOf<Item, Field extends string> =
  Item extends Readonly<Record<Field, infer Text extends string>> ? Text : never;
