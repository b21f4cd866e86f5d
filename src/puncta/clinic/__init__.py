"""The clinic: people, screening, plans, sessions and photographs in the browser; thin over the library, no science."""
