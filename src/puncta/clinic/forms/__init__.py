"""Forms: the edge where what people type becomes what is kept."""
