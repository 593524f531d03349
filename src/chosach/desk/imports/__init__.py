"""Files of listings brought in through the browser."""
