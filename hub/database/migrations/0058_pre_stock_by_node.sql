-- A page of the stock of a few nodes reads rows of those nodes only. No column of it changes in an update, which stays HOT.
CREATE INDEX stock_by_node ON stock (node_id, sku);
