"""Pages: fetch with permission, form, change, render."""
