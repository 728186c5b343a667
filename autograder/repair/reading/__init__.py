"""From bytes to drafts of notebooks."""
