"""Where the wire comes in: who may, is it sound, one flow or query, the answer. Decides nothing of the business."""
