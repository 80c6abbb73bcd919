/** Types of what we use of @huggingface/tokenizers 0.2, whose own do not resolve under NodeNext. */
declare module '@huggingface/tokenizers' {
  export class Tokenizer {
    /**
     * @param tokenizer content of a tokenizer.json
     * @param config content of a tokenizer_config.json
     */
    constructor(tokenizer: object, config: object);
    encode(text: string, options?: { add_special_tokens?: boolean }): { ids: number[] };
  }
}
