// Hands bytes that the server made to the browser as a file.
export function save(fileName, mediaType, bytes) {
  const url = URL.createObjectURL(new Blob([bytes], { type: mediaType }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

// Saves a drawn chart as an SVG or PNG image, with its title and on the page's surface colour.
export async function saveChart(id, format, fileName, title, surface) {
  const { data, layout } = document.getElementById(id);
  const top = (layout.margin?.t ?? 16) + 32;
  await window.Plotly.downloadImage(
    { data, layout: { ...layout, title: { text: title, x: 0.01, xanchor: "left", yanchor: "top", y: 0.98 }, margin: { ...layout.margin, t: top }, paper_bgcolor: surface } },
    { format, filename: fileName, width: document.getElementById(id).clientWidth, height: layout.height + 32, scale: format === "png" ? 2 : 1 });
}
