"""Services about orders: placing, changing, promising, paying, taking over."""
