"""What doubles of partners are made with: their book of effects, faults to order, and updates to pull."""
