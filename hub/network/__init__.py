"""Where goods are and how they travel: nodes, calendars, lanes, partner accounts and channels, as versioned data."""
