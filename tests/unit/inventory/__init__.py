"""Which changes of stock are admitted."""
