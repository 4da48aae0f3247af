import { spotsOf } from "./labels.js";

// Draws PlotlyChart.razor's charts. Colours arrive as CSS variables and are resolved when drawing, again on a theme change.
let plotly;
const charts = new Map();

function load() {
  plotly ??= new Promise(resolve => {
    if (window.Plotly) return resolve(window.Plotly);
    const script = document.createElement("script");
    script.src = new URL("../lib/plotly.min.js", import.meta.url).href;
    script.onload = () => resolve(window.Plotly ?? null);
    script.onerror = () => resolve(null);
    document.head.append(script);
  });
  return plotly;
}

// Two colours of six hexadecimal digits, so much of the first.
function mixed(color, other, share) {
  const part = (hex, at) => parseInt(hex.slice(at, at + 2), 16);
  return "#" + [1, 3, 5].map(at => Math.round(share * part(color, at) + (1 - share) * part(other, at)).toString(16).padStart(2, "0")).join("");
}

function resolved(value, style) {
  if (typeof value === "string") {
    const match = /^(var|soft)\((--[\w-]+)\)$/.exec(value);
    if (!match) return value;
    const color = style.getPropertyValue(match[2]).trim();
    return match[1] === "soft" ? mixed(color, style.getPropertyValue("--fm-surface").trim(), .42) : color;
  }
  if (Array.isArray(value)) return value.map(item => resolved(item, style));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item, style)]));
  }
  return value;
}

async function render(element, chart) {
  const library = await load();
  if (!library || !element.isConnected) return;
  const { data, layout } = resolved(chart.figure, getComputedStyle(document.documentElement));
  await library.react(element, data, layout, { displaylogo: false, displayModeBar: false, responsive: false });
  if (isNamed(chart)) await namePoints(library, element);
}

const isNamed = chart => chart.figure.data.some(trace => trace.mode === "markers+text");

// Points are named where they stand; where the names do not fit at this width, above the chart.
async function namePoints(library, element) {
  const { traces, spots } = spotsOf(element);
  element.dataset.names = spots ? "beside" : "legend";
  if (traces.length === 0) return;
  if (spots) await library.restyle(element, { textposition: spots }, traces);
  else await library.update(element, { mode: "markers" }, { showlegend: true, "margin.t": 36 }, traces);
}

// False where plotly is missing: the page then says so and shows the table.
export async function draw(element, figureJson) {
  if (!(await load())) return false;
  if (!element?.isConnected) return true;
  let chart = charts.get(element);
  if (!chart) {
    chart = { figure: null, resize: new ResizeObserver(() => fit(element)) };
    charts.set(element, chart);
  }
  chart.figure = JSON.parse(figureJson);
  await render(element, chart);
  chart.resize.observe(element);
  return true;
}

// An element that has just been hidden or taken away changes its size too; plotly takes that for an error.
async function fit(element) {
  if (!element.isConnected || getComputedStyle(element).display === "none") return;
  await window.Plotly?.Plots.resize(element);
  const chart = charts.get(element);
  if (chart && isNamed(chart)) await render(element, chart);
}

export function remove(element) {
  const chart = charts.get(element);
  if (!chart) return;
  chart.resize.disconnect();
  charts.delete(element);
  window.Plotly?.purge(element);
}

document.addEventListener("fairmedl:theme", () => {
  for (const [element, chart] of charts) render(element, chart);
});
