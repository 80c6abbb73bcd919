/** Small charts as SVG text: a white card that reads on any background. */

export interface Point {
  readonly x: number;
  readonly y: number;
  /** Written beside the point. */
  readonly label?: string;
}

export interface Series {
  /** In the legend. */
  readonly name: string;
  readonly points: readonly Point[];
  /** @defaultValue true */
  readonly line?: boolean;
}

export interface Chart {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly Series[];
  /** Logarithmic axes need values above 0. @defaultValue 'linear' */
  readonly xScale?: 'linear' | 'log';
  /** Values that the vertical axis must hold. @defaultValue 0 */
  readonly yIncludes?: number;
}

const WIDTH = 760;
const HEIGHT = 440;
const PLOT = { left: 70, right: 740, top: 78, bottom: 384 };
const COLOURS = ['#0b6e99', '#d9622b', '#5b8c2a', '#8b4f9f', '#b3262e', '#6b6b6b'];
const FONT = 'font-family="system-ui, sans-serif"';

interface Axis {
  readonly ticks: readonly number[];
  readonly position: (value: number) => number;
}

export function lineChart(chart: Chart): string {
  const points = chart.series.flatMap((series) => series.points);
  const x = xAxis(
    points.map((point) => point.x),
    chart.xScale ?? 'linear',
  );
  const values = points.map((point) => point.y);
  const y = yAxis(chart.yIncludes === undefined ? [...values, 0] : [...values, chart.yIncludes]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" ${FONT}>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" rx="8" fill="#ffffff"/>`,
    text(PLOT.left, 28, chart.title, 'font-size="16" font-weight="600" fill="#1c1c1c"'),
    ...legend(chart.series),
    ...grid(x, y),
    ...axisLabels(chart),
    ...chart.series.flatMap((series, i) => drawSeries(series, COLOURS[i % COLOURS.length]!, x, y)),
    '</svg>\n',
  ].join('\n');
}

function xAxis(values: readonly number[], scale: 'linear' | 'log'): Axis {
  const [from, to] = [PLOT.left + 8, PLOT.right - 16];
  if (scale === 'linear') {
    const ticks = roundTicks(0, Math.max(...values));
    const last = Math.max(ticks.at(-1)!, ...values);
    return { ticks, position: (value) => from + ((to - from) * value) / last };
  }
  const [least, most] = [Math.log10(Math.min(...values)), Math.log10(Math.max(...values))];
  const [low, high] = [least - 0.08 * (most - least), most + 0.12 * (most - least)];
  const ticks = [...decades(low, high)].filter((tick) => Math.log10(tick) >= low && Math.log10(tick) <= high);
  return { ticks, position: (value) => from + ((to - from) * (Math.log10(value) - low)) / (high - low) };
}

/** 1, 2 and 5 of each power of ten. */
function* decades(low: number, high: number): Generator<number> {
  for (let power = Math.floor(low); power <= Math.ceil(high); power++) {
    for (const digit of [1, 2, 5]) yield Number(`${digit}e${power}`);
  }
}

function yAxis(values: readonly number[]): Axis {
  const ticks = roundTicks(Math.min(...values), Math.max(...values));
  const [low, high] = [ticks[0]!, ticks.at(-1)!];
  const height = PLOT.bottom - PLOT.top;
  return { ticks, position: (value) => PLOT.bottom - (height * (value - low)) / (high - low || 1) };
}

/** About five round numbers that hold the range. */
function roundTicks(least: number, most: number): number[] {
  const rough = (most - least || 1) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((digit) => digit * power >= rough)!;
  const [first, last] = [Math.floor(least / step), Math.ceil(most / step)];
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

function legend(series: readonly Series[]): string[] {
  let left = PLOT.left;
  return series.flatMap(({ name }, i) => {
    const at = left;
    left += 28 + 7 * name.length;
    return [
      `<circle cx="${at + 5}" cy="52" r="5" fill="${COLOURS[i % COLOURS.length]!}"/>`,
      text(at + 15, 56, name, 'font-size="12.5" fill="#333333"'),
    ];
  });
}

function grid(x: Axis, y: Axis): string[] {
  const tick = 'font-size="11.5" fill="#666666"';
  const horizontal = y.ticks.flatMap((value) => {
    const at = y.position(value).toFixed(1);
    return [
      `<path d="M${PLOT.left} ${at}H${PLOT.right}" stroke="#e6e6e6"/>`,
      text(PLOT.left - 8, Number(at) + 4, numeral(value), `${tick} text-anchor="end"`),
    ];
  });
  const vertical = x.ticks.flatMap((value) => {
    const at = x.position(value).toFixed(1);
    return [
      `<path d="M${at} ${PLOT.bottom}v5" stroke="#999999"/>`,
      text(Number(at), PLOT.bottom + 19, numeral(value), `${tick} text-anchor="middle"`),
    ];
  });
  return [
    ...horizontal,
    ...vertical,
    `<path d="M${PLOT.left} ${PLOT.bottom}H${PLOT.right}" stroke="#999999"/>`,
  ];
}

function axisLabels({ xLabel, yLabel }: Chart): string[] {
  const style = 'font-size="12.5" fill="#333333" text-anchor="middle"';
  const [middle, height] = [(PLOT.left + PLOT.right) / 2, (PLOT.top + PLOT.bottom) / 2];
  return [
    text(middle, HEIGHT - 14, xLabel, style),
    text(20, height, yLabel, `${style} transform="rotate(-90 20 ${height})"`),
  ];
}

function drawSeries({ points, line = true }: Series, colour: string, x: Axis, y: Axis): string[] {
  const placed = points.map((point) => ({ ...point, left: x.position(point.x), top: y.position(point.y) }));
  const path = placed.map(({ left, top }) => `${left.toFixed(1)} ${top.toFixed(1)}`).join('L');
  const labels = placed.flatMap(({ label, left, top }) =>
    label === undefined ? [] : [text(left + 8, top - 7, label, `font-size="11.5" fill="${colour}"`)],
  );
  return [
    ...(line && placed.length > 1
      ? [`<path d="M${path}" fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round"/>`]
      : []),
    ...placed.map(
      ({ left, top }) => `<circle cx="${left.toFixed(1)}" cy="${top.toFixed(1)}" r="4" fill="${colour}"/>`,
    ),
    ...labels,
  ];
}

function text(x: number, y: number, content: string, attributes: string): string {
  const escaped = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${attributes}>${escaped}</text>`;
}

function numeral(value: number): string {
  return String(value).replace('-', '−');
}
