// Writes the address bar without a navigation: a reload or a copied link opens what is shown.

// In place, keeping the history entry's own state.
export function replace(address) {
  history.replaceState(history.state, "", address);
}

// As a new history entry: Back leads to what was shown before.
export function push(address) {
  history.pushState(history.state, "", address);
}
