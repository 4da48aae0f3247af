// Rewrites the address bar in place, keeping the history entry's own state: a reload or a copied link opens what is shown.
export function replace(address) {
  history.replaceState(history.state, "", address);
}
