"""What a student wrote or printed, made safe to show: notebooks, HTML, Markdown, formulas."""
