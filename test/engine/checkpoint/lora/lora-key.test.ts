import { describe, expect, it } from 'vitest';

import { parseLoraKey } from '../../../../src/engine/checkpoint/lora/lora-key.js';

const BLOCK = 'down_blocks.0.attentions.0.transformer_blocks.0';
const QUERY = `${BLOCK}.attn1.to_q`;
const OUTPUT = `${BLOCK}.attn2.to_out.0`;
const TEXT_QUERY = 'text_model.encoder.layers.0.self_attn.q_proj';
const TEXT_OUTPUT = 'text_model.encoder.layers.0.self_attn.out_proj';

describe('name of a tensor of a LoRA', () => {
  it.each([
    [`lora_unet_${QUERY.replaceAll('.', '_')}.lora_down.weight`, 'unet', QUERY, 'down'],
    [`lora_unet_${OUTPUT.replaceAll('.', '_')}.lora_up.weight`, 'unet', OUTPUT, 'up'],
    [
      'lora_unet_down_blocks_0_resnets_1_conv1.lora_mid.weight',
      'unet',
      'down_blocks.0.resnets.1.conv1',
      'core',
    ],
    ['lora_unet_mid_block_attentions_0_proj_in.alpha', 'unet', 'mid_block.attentions.0.proj_in', 'alpha'],
    [`lora_te_${TEXT_QUERY.replaceAll('.', '_')}.alpha`, 'text_encoder', TEXT_QUERY, 'alpha'],
    [`lora_te1_${TEXT_QUERY.replaceAll('.', '_')}.lora_up.weight`, 'text_encoder', TEXT_QUERY, 'up'],
    [`lora_te2_${TEXT_QUERY.replaceAll('.', '_')}.lora_up.weight`, 'text_encoder_2', TEXT_QUERY, 'up'],
    [`unet.${BLOCK}.attn1.processor.to_q_lora.down.weight`, 'unet', QUERY, 'down'],
    [`unet.${BLOCK}.attn2.processor.to_out_lora.up.weight`, 'unet', OUTPUT, 'up'],
    [`${BLOCK}.attn1.processor.to_q_lora.down.weight`, 'unet', QUERY, 'down'],
    [`unet.${BLOCK}.attn1.processor.to_q_lora.down.weight.alpha`, 'unet', QUERY, 'alpha'],
    [`unet.${QUERY}.lora.up.weight`, 'unet', QUERY, 'up'],
    [`unet.${QUERY}.lora_A.weight`, 'unet', QUERY, 'down'],
    [`unet.${QUERY}.lora_B.default_0.weight`, 'unet', QUERY, 'up'],
    [`base_model.model.${QUERY}.lora_B.weight`, 'unet', QUERY, 'up'],
    [`unet.base_model.model.${QUERY}.lora_A.weight`, 'unet', QUERY, 'down'],
    [`base_model.model.${TEXT_QUERY}.lora_A.weight`, 'text_encoder', TEXT_QUERY, 'down'],
    [`text_encoder.${TEXT_OUTPUT}.lora_linear_layer.up.weight`, 'text_encoder', TEXT_OUTPUT, 'up'],
    [
      'text_encoder.text_model.encoder.layers.0.self_attn.to_q_lora.down.weight',
      'text_encoder',
      TEXT_QUERY,
      'down',
    ],
    [
      'text_encoder.text_model.encoder.layers.0.self_attn.to_out_lora.up.weight',
      'text_encoder',
      TEXT_OUTPUT,
      'up',
    ],
    [`unet.${QUERY}.alpha`, 'unet', QUERY, 'alpha'],
    [`lora_unet_${QUERY.replaceAll('.', '_')}.dora_scale`, 'unet', QUERY, 'magnitude'],
  ])('says which factor of which layer it is: %s', (key, network, module, role) => {
    expect(parseLoraKey(key)).toEqual({ network, module: module.replaceAll('.', '_'), role });
  });

  it.each([
    'lora_unet_conv_in.hada_w1_a',
    'lora_unet_conv_in.lokr_w1',
    'lora_unet_conv_in.diff',
    'conv_in.weight',
    '.lora_down.weight',
    '',
    `${'x'.repeat(10_000)}.lora_down.weight`,
  ])('is unknown in other formats: %.40s', (key) => {
    expect(parseLoraKey(key)).toBeUndefined();
  });
});
