import { MessageFlags } from 'discord.js';
import { flatten } from './component-form.js';
import type { AnyComponent, TopLevelComponent } from './component-form.js';
import type { FormProblems } from './form.js';

const MAX_ROWS = 5;
const MAX_COMPONENTS_V2 = 40;

/** Checks the components of one message as a whole; each by itself has passed its form. */
export function checkComponents(
  components: readonly TopLevelComponent[],
  flags: number,
  problems: FormProblems,
): void {
  const all = components.flatMap(flatten);
  checkCustomIds(all, problems);
  checkRows(components, problems);
  if ((flags & MessageFlags.IsComponentsV2) !== 0) {
    if (all.length > MAX_COMPONENTS_V2) {
      const message = `The total number of components cannot exceed ${MAX_COMPONENTS_V2}`;
      problems.add(['components'], 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', message);
    }
    return;
  }
  if (components.length > MAX_ROWS) {
    problems.add(['components'], 'BASE_TYPE_BAD_LENGTH', `Must be ${MAX_ROWS} or fewer in length.`);
  }
  for (const [index, component] of components.entries()) {
    if (component.type === 1) continue;
    const message = 'Value of field "type" must be one of (1,) without the flag IS_COMPONENTS_V2.';
    problems.add(['components', index, 'type'], 'UNION_TYPE_CHOICES', message);
  }
}

/** Every file that components show, as the names behind `attachment://`. */
export function filesInComponents(components: readonly AnyComponent[]): string[] {
  return components.flatMap((component) => {
    const children: AnyComponent[] = flatten(component).slice(1);
    return [...filesOf(component), ...children.flatMap(filesOf)];
  });
}

function filesOf(component: AnyComponent): string[] {
  const urls =
    component.type === 11
      ? [component.media.url]
      : component.type === 12
        ? component.items.map((item) => item.media.url)
        : component.type === 13
          ? [component.file.url]
          : [];
  return urls.flatMap((url) => (url.startsWith('attachment://') ? [url.slice('attachment://'.length)] : []));
}

function checkCustomIds(all: readonly AnyComponent[], problems: FormProblems): void {
  const seen = new Set<string>();
  for (const component of all) {
    const customId = 'custom_id' in component ? component.custom_id : undefined;
    if (customId === undefined) continue;
    if (seen.has(customId)) {
      const message = `Component custom id cannot be duplicated: ${customId}`;
      problems.add(['components'], 'COMPONENT_CUSTOM_ID_DUPLICATED', message);
    }
    seen.add(customId);
  }
}

function checkRows(components: readonly TopLevelComponent[], problems: FormProblems): void {
  for (const [index, row] of components.entries()) {
    if (row.type !== 1) continue;
    const hasSelect = row.components.some((component) => component.type !== 2);
    if (hasSelect && row.components.length > 1) {
      const message = 'A select fills its action row.';
      problems.add(['components', index, 'components'], 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', message);
    }
  }
}
