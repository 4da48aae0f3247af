// Places the names of points in a chart: each beside its point, over no other name, no point and no note, and over as few
// intervals and lines as can be. Lengths are pixels from the plot's upper left.
const spots = ["top right", "bottom right", "top left", "bottom left", "top center", "bottom center", "middle right", "middle left"];
const air = 2;

function boxAt(point, spot) {
  const [up, side] = spot.split(" ");
  const gap = point.radius + air;
  const left = side === "right" ? point.x + gap : side === "left" ? point.x - gap - point.width : point.x - point.width / 2;
  const top = up === "top" ? point.y - gap - point.height : up === "bottom" ? point.y + gap : point.y - point.height / 2;
  return { left, top, right: left + point.width, bottom: top + point.height };
}

const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

// A point: x, y, radius, the width and height of its name. A stroke: the boxes that an interval or a line goes through. Answers a
// spot a point, in plotly's words; null where they do not all fit.
export function place(points, size, taken = [], strokes = []) {
  const markers = points.map(p => ({ left: p.x - p.radius, right: p.x + p.radius, top: p.y - p.radius, bottom: p.y + p.radius }));
  const choices = points.map(point => spots
    .map((spot, order) => ({ spot, box: boxAt(point, spot), order }))
    .filter(c => c.box.left >= 0 && c.box.top >= 0 && c.box.right <= size.width && c.box.bottom <= size.height)
    .filter(c => !markers.some(m => meet(m, c.box)) && !taken.some(t => meet(t, c.box)))
    .map(c => ({ ...c, cost: c.order / 100 + strokes.filter(s => s.some(box => meet(box, c.box))).length })));
  let best = null;
  let least = Infinity;
  const search = (chosen, cost) => {
    if (cost >= least) return;
    if (chosen.length === points.length) {
      best = chosen.map(c => c.spot);
      least = cost;
      return;
    }
    for (const choice of choices[chosen.length]) {
      if (!chosen.some(c => meet(c.box, choice.box))) search([...chosen, choice], cost + choice.cost);
    }
  };
  search([], 0);
  return best;
}

function intervals({ x, y, error_x: across, error_y: upright }, xaxis, yaxis) {
  const found = [];
  const [left, top] = [xaxis.c2p(x[0]), yaxis.c2p(y[0])];
  if (across?.array) found.push([{ left: xaxis.c2p(x[0] - across.arrayminus[0]), right: xaxis.c2p(x[0] + across.array[0]), top, bottom: top + 1 }]);
  if (upright?.array) found.push([{ left, right: left + 1, top: yaxis.c2p(y[0] + upright.array[0]), bottom: yaxis.c2p(y[0] - upright.arrayminus[0]) }]);
  return found;
}

// A slanted line goes through a box every few pixels.
function line({ x, y }, xaxis, yaxis) {
  const boxes = [];
  for (let i = 1; i < x.length; i++) {
    const from = [xaxis.c2p(x[i - 1]), yaxis.c2p(y[i - 1])], to = [xaxis.c2p(x[i]), yaxis.c2p(y[i])];
    const steps = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / 4));
    for (let s = 0; s <= steps; s++) {
      const left = from[0] + (to[0] - from[0]) * s / steps, top = from[1] + (to[1] - from[1]) * s / steps;
      boxes.push({ left, right: left + 1, top, bottom: top + 1 });
    }
  }
  return boxes;
}

// Where the names of a drawn chart's points stand: the traces that have one, and their spots; null where they do not all fit.
export function spotsOf(element) {
  const { xaxis, yaxis, font, _size: plot } = element._fullLayout;
  const traces = element.data.map((trace, index) => ({ trace, index })).filter(t => t.trace.mode === "markers+text" && t.trace.x[0] !== null && t.trace.y[0] !== null);
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${font.size}px ${font.family}`;
  const points = traces.map(({ trace }) => {
    const [x, y] = [trace.x[0], trace.y[0]];
    return {
      x: xaxis.c2p(x), y: yaxis.c2p(y), radius: trace.marker.size / 2, height: 1.3 * font.size,
      // Names come with their markup escaped.
      width: pen.measureText(trace.text[0].replace(/&(lt|gt|amp);/g, "_")).width,
    };
  });
  const strokes = element.data.flatMap(trace => [...intervals(trace, xaxis, yaxis), ...(trace.mode === "lines" ? [line(trace, xaxis, yaxis)] : [])]);
  const origin = element.getBoundingClientRect();
  const taken = [...element.querySelectorAll(".annotation-text-g")].map(note => note.getBoundingClientRect()).map(r => ({
    left: r.left - origin.left - plot.l, right: r.right - origin.left - plot.l, top: r.top - origin.top - plot.t, bottom: r.bottom - origin.top - plot.t,
  }));
  return { traces: traces.map(t => t.index), spots: place(points, { width: plot.w, height: plot.h }, taken, strokes) };
}
