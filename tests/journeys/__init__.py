"""The journeys of the people who use the site, in a real browser; each file is named after one."""
