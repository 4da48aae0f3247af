// Opens the browser's print dialog for the document in a frame, and returns before the dialog closes.
export async function printFrame(frame) {
  const isLoaded = frame.contentDocument?.readyState === "complete" && frame.contentDocument.URL !== "about:blank";
  if (!isLoaded) await new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  setTimeout(() => {
    frame.contentWindow.focus();
    frame.contentWindow.print();
  }, 0);
}
