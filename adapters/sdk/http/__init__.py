"""How an adapter calls a partner over HTTP: each request once, and failures named by what is known of their effect."""
