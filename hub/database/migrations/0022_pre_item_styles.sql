-- Variants of a style are found by the attribute that names it.
CREATE INDEX item_style ON item ((attributes->>'style')) WHERE attributes ? 'style';
