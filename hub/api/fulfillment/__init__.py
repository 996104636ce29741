"""Services about fulfillment: reports of nodes and carriers, feeds, documents."""
