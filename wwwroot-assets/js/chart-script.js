// Loads Plotly's script before a chart is drawn. Plotly.Blazor itself would queue the drawings until the script has run, and
// one whose chart was removed meanwhile stops the queue.

// The id that Plotly.Blazor gives to its script element, by which it finds that the script is there.
const elementId = "plotly-import";
let loading = null;

// Resolves once the script has run; the document loads it only once. After a failure the next call tries again.
export function load(interopUrl, scriptUrl) {
  loading ??= start(interopUrl, scriptUrl).catch(error => {
    document.getElementById(elementId)?.remove();
    loading = null;
    throw error;
  });
  return loading;
}

async function start(interopUrl, scriptUrl) {
  // The same address as Plotly.Blazor's own import, so that both share one module and its state.
  const interop = await import(new URL(interopUrl, document.baseURI).href);
  await interop.importScript(elementId, scriptUrl);
}
