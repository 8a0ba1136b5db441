"""Random reporting years in which everything goes wrong that can: see `main`."""
